-- Personal data of leads goes, with the salt that could tell whether a guess of it is right, and with all that leads from
-- the decisions back to a person. What is written of them to a CRM is given up; cards and notices in Slack are drawn anew.
-- $2: now; $3: [lead id]
with leads as (
  select value as id from jsonb_array_elements_text($3::jsonb)
), theirs as (
  select id, version from assignment where tenant_id = $1 and lead_id in (select id from leads)
), reasons as (
  update adjustment set reason = null, request = null where tenant_id = $1 and assignment_id in (select id from theirs)
), remedies as (
  update assignment set remedy = null, entry = null where tenant_id = $1 and lead_id in (select id from leads)
), alerts as (
  update alert set detail = '{}', closed_at = coalesce(closed_at, $2::timestamptz)
  where tenant_id = $1 and subject in (select id from theirs)
), replies as (
  delete from reply where tenant_id = $1 and decision_id in (
    select id from decision where tenant_id = $1 and lead_id in (select id from leads))
), intents as (
  delete from write_intent where tenant_id = $1 and (connection_id, object_type, record_id) in (
    select connection_id, object_type, record_id from lead_record where tenant_id = $1 and lead_id in (select id from leads))
), comparisons as (
  delete from comparison where tenant_id = $1 and lead_id in (select id from leads)
), addresses as (
  delete from lead_address where tenant_id = $1 and lead_id in (select id from leads)
), records as (
  delete from lead_record where tenant_id = $1 and lead_id in (select id from leads)
), written as (
  update delivery set state = case when state in ('pending', 'refused') then 'superseded' else state end, body = '{}',
    key = 'erased/' || id, detail = null, remedy = null, done_at = coalesce(done_at, $2::timestamptz), told_at = coalesce(told_at, $2::timestamptz)
  where tenant_id = $1 and assignment_id in (select id from theirs) and kind not in ('slack_refresh', 'callback')
), redrawn as (
  insert into delivery (tenant_id, id, connection_id, kind, priority, key, assignment_id, version, body, due_at, created_at)
  select $1, 'dlv_' || replace(gen_random_uuid()::text, '-', ''), shown.connection_id, 'slack_refresh', -2,
    'card/' || theirs.id, theirs.id, theirs.version, json_build_object('assignmentId', theirs.id), $2::timestamptz, $2::timestamptz
  from theirs join (
    select assignment_id, connection_id from slack_message where tenant_id = $1 and ts is not null
    union
    select assignment_id, connection_id from sla_notice where tenant_id = $1 and ts is not null
  ) as shown on shown.assignment_id = theirs.id
)
update lead_snapshot set field_values = null, given = null, person = null, salt = '', erased_at = $2::timestamptz
where tenant_id = $1 and lead_id in (select id from leads) and erased_at is null
