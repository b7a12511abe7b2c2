-- Changes of owner made outside since $3 that no rule of the CRM's own was told for yet, by the leads' records in a
-- connection, and since when each lead stood as it did before. $2: the connection; $4: how many, the latest first.
select event.seq, event.assignment_id, event.detail->>'ownerId' as owner_id, event.at,
  lead_record.object_type, lead_record.record_id, coalesce(earlier.at, event.at) as since
from (
  select seq, assignment_id, lead_id, at, detail from assignment_event as changed
  where tenant_id = $1 and kind = 'reassigned_outside' and at > $3::timestamptz and detail->>'ownerId' is not null
    and not exists (
      select from assignment_event as told
      where told.tenant_id = $1 and told.lead_id = changed.lead_id and told.kind = 'native_rule'
        and (told.detail->>'change')::bigint = changed.seq)
  order by seq desc limit $4) as event
join lead_record on lead_record.tenant_id = $1 and lead_record.lead_id = event.lead_id
  and lead_record.connection_id = $2
cross join lateral (
  select max(at) as at from assignment_event
  where tenant_id = $1 and lead_id = event.lead_id and assignment_id = event.assignment_id and seq < event.seq
    and kind in ('assigned', 'offered', 'waiting', 'queued', 'claimed', 'reassigned', 'reassigned_outside')) as earlier
