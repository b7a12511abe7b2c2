-- Opens alerts that are not open already, and sends a message for each that was opened.
-- $2: now; $3: [{id, kind, subject, detail, delivery_id, connection_id}]
with given as (
  select * from json_to_recordset($3::json) as new (id text, kind text, subject text, detail jsonb, delivery_id text, connection_id text)
), opened as (
  insert into alert (tenant_id, id, kind, subject, detail, opened_at)
  select $1, id, kind, subject, detail, $2::timestamptz from given
  on conflict (tenant_id, kind, subject) where closed_at is null do nothing
  returning id
)
insert into delivery (tenant_id, id, connection_id, kind, key, body, due_at, created_at)
select $1, given.delivery_id, given.connection_id, 'slack_alert', 'alert/' || given.id,
  jsonb_build_object('alertId', given.id), $2::timestamptz, $2::timestamptz
from given join opened using (id) where given.delivery_id is not null
