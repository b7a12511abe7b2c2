-- Open assignments whose owner stands in the CRM, by rep: the CRM counts them too. $2: the connection
select assignment.rep_id, count(*) as open
from assignment
where assignment.tenant_id = $1 and assignment.state = 'assigned' and assignment.closed_at is null
  and assignment.written = 'done' and assignment.rep_id is not null
  and exists (
    select from lead_record where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
      and lead_record.connection_id = $2)
group by assignment.rep_id
