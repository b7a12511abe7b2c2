-- Records in a connection whose leads ended with nobody because it was disconnected, the oldest first. $2: the connection
select distinct on (assignment.opened_at, assignment.lead_id) lead_record.object_type, lead_record.record_id
from assignment
join lead_record on lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
  and lead_record.connection_id = $2
where assignment.tenant_id = $1 and assignment.closed_because = 'disconnected'
  and assignment.rep_id is null and assignment.queue_id is null
order by assignment.opened_at, assignment.lead_id, lead_record.object_type = 'lead' desc
