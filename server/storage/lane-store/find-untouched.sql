-- Open leads with a rep since $3 that nobody has worked on yet, by their records in a connection, and since when they have
-- that rep. $2: the connection; $4: how many, the latest first.
select assignment.id, lead_record.object_type, lead_record.record_id, given.at
from (
  select id, lead_id, held_at from assignment
  where tenant_id = $1 and closed_at is null and state = 'assigned' and first_activity_at is null
    and held_at > $3::timestamptz
  order by held_at desc limit $4) as assignment
join lead_record on lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id
  and lead_record.connection_id = $2
cross join lateral (
  select max(at) as at from assignment_event
  where tenant_id = $1 and lead_id = assignment.lead_id and assignment_id = assignment.id
    and kind in ('assigned', 'claimed', 'reassigned', 'reassigned_outside')) as given
where given.at is not null
