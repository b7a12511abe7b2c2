-- When the next assignment or clock of an SLA is due after $2, whether a rep's leaving is under way, when the next policy
-- is to go live, and leads waiting since before $3 that nobody was told about.
select
  exists (select from offboarding where tenant_id = $1 and state in ('moving', 'undoing')) as offboarding,
  (select min(publish_at) from policy_draft where tenant_id = $1 and state = 'scheduled') as publish_at,
  least(
    (select min(due_at) from assignment where tenant_id = $1 and due_at > $2::timestamptz),
    (select min(next_at) from sla_clock where tenant_id = $1 and next_at > $2::timestamptz)) as next_at,
  (select jsonb_agg(id) from (
    select assignment.id from assignment
    where assignment.tenant_id = $1 and assignment.state = 'waiting' and assignment.closed_at is null
      and assignment.opened_at < $3::timestamptz
      and not exists (
        select from alert where alert.tenant_id = $1 and alert.kind = 'stuck_lead'
          and alert.subject = assignment.id and alert.closed_at is null)
    order by assignment.opened_at limit 50
  ) as stuck) as stuck
