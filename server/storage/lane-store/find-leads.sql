-- Leads by record, each with its latest assignment, and leads by assignment, each with that one.
-- $2: [{connection_id, object_type, record_id}]; $3: [assignment id]; $4: [e-mail address in lower case];
-- $5: [{email, phone, entering}] by which people are known, `entering`: only leads on their way into a CRM; $6: [lead id]
-- Laterals with an offset are looked up one by one through an index. Left to choose, the planner reads whole tables
-- while they are small, and keeps to that plan as they grow.
with known as (
  select record.lead_id
  from json_to_recordset($2::json) as asked (connection_id text, object_type text, record_id text)
  cross join lateral (
    select lead_id from lead_record
    where tenant_id = $1 and connection_id = asked.connection_id and object_type = asked.object_type
      and record_id = asked.record_id offset 0) as record
  union
  select of_address.lead_id
  from jsonb_array_elements_text($4::jsonb) as address
  cross join lateral (
    select lead_id from lead_snapshot
    where tenant_id = $1 and email_key = address
    order by taken_at desc limit 20) as of_address
  union
  select of_person.lead_id
  from json_to_recordset($5::json) as asked (email text, phone text, entering boolean)
  cross join lateral (
    (select lead_id from lead_snapshot
      where tenant_id = $1 and email_key = asked.email order by taken_at desc limit 20)
    union
    (select lead_id from lead_snapshot
      where tenant_id = $1 and phone_key = asked.phone
      order by taken_at desc limit 20)) as of_person
  where not asked.entering or exists (
    select from assignment
    where tenant_id = $1 and lead_id = of_person.lead_id and closed_at is null and entry is not null)
  union
  select value from jsonb_array_elements_text($6::jsonb)
), wanted as (
  select latest.assignment_id as id
  from known
  cross join lateral (
    select assignment_id from decision
    where tenant_id = $1 and lead_id = known.lead_id order by seq desc limit 1) as latest
  union
  select value from jsonb_array_elements_text($3::jsonb)
)
select row_to_json(assignment) as assignment, row_to_json(decision) as decision, row_to_json(lead_snapshot) as snapshot,
  (select json_agg(row_to_json(lead_record)) from lead_record
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id) as records,
  (select json_agg(row_to_json(ledger_entry) order by ledger_entry.seq) from ledger_entry
    where ledger_entry.tenant_id = $1 and ledger_entry.assignment_id = assignment.id
      and ledger_entry.decision_id = assignment.decision_id) as entries,
  (select json_agg(row_to_json(intent) order by intent.seq desc) from lead_record
    cross join lateral (
      select * from write_intent
      where tenant_id = $1 and connection_id = lead_record.connection_id and object_type = lead_record.object_type
        and record_id = lead_record.record_id offset 0) as intent
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id) as intents,
  (select json_agg(row_to_json(sla_clock) order by sla_clock.started_at, sla_clock.id) from sla_clock
    where sla_clock.tenant_id = $1 and sla_clock.assignment_id = assignment.id) as clocks
from wanted
cross join lateral (select * from assignment where tenant_id = $1 and id = wanted.id offset 0) as assignment
cross join lateral (
  select id, lead_id, assignment_id, snapshot_id, source, decided_at, policy_version, engine, hash, log_only, result
    from decision
    where tenant_id = $1 and id = assignment.decision_id offset 0) as decision
cross join lateral (
  select * from lead_snapshot where tenant_id = $1 and id = decision.snapshot_id offset 0) as lead_snapshot
