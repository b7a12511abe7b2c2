-- Homes that were opened are to be drawn again by the instants given: one that waits already is brought forward, and
-- only where none waits a delivery is added, so that a busy hour does not draw a Home for every lead. What is being
-- taken right now may have been read before this change, so it is passed over. Laterals: see find-leads.sql
-- $2: now; $3: [{delivery_id, rep_id, due_at}]
with touched as (
  select new.delivery_id, to_timestamp(new.due_at / 1000.0) as due_at, home.connection_id, home.rep_id, home.slack_user_id
  from json_to_recordset($3::json) as new (delivery_id text, rep_id text, due_at float8)
  join slack_home as home on home.tenant_id = $1 and home.rep_id = new.rep_id
), waiting as (
  select touched.connection_id, touched.rep_id, touched.due_at, pending.id
  from touched
  cross join lateral (
    select id from delivery
    where tenant_id = $1 and connection_id = touched.connection_id and key = 'home/' || touched.rep_id
      and state = 'pending' and attempts = 0
    for update skip locked) as pending
), sooner as (
  update delivery set due_at = least(delivery.due_at, waiting.due_at)
  from waiting where delivery.tenant_id = $1 and delivery.id = waiting.id
)
insert into delivery (tenant_id, id, connection_id, kind, priority, key, body, due_at, created_at)
select $1, delivery_id, connection_id, 'slack_home', -2, 'home/' || rep_id,
  jsonb_build_object('repId', rep_id, 'slackUserId', slack_user_id), due_at, $2::timestamptz
from touched
where not exists (
  select from waiting where waiting.connection_id = touched.connection_id and waiting.rep_id = touched.rep_id)
on conflict do nothing
