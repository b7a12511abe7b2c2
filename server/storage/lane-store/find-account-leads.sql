-- Open leads that stand in a connection and in no other that is still connected, the oldest first. $2: the connection
select assignment.id from assignment
where assignment.tenant_id = $1 and assignment.closed_at is null
  and exists (
    select from lead_record where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
      and lead_record.connection_id = $2)
  and not exists (
    select from lead_record join connection on connection.id = lead_record.connection_id
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
      and lead_record.connection_id <> $2 and connection.status <> 'disconnected')
order by assignment.opened_at, assignment.id
