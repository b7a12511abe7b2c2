-- Leads by record, each with its latest assignment, and leads by assignment, each with that one.
-- $2: [{connection_id, object_type, record_id}]; $3: [assignment id]; $4: [e-mail address in lower case]
with known as (
  select lead_record.lead_id
  from jsonb_to_recordset($2::jsonb) as asked (connection_id text, object_type text, record_id text)
  join lead_record on lead_record.tenant_id = $1 and lead_record.connection_id = asked.connection_id
    and lead_record.object_type = asked.object_type and lead_record.record_id = asked.record_id
  union
  -- Address by address, whatever the planner believes of the table: mostly there are none.
  select of_address.lead_id
  from jsonb_array_elements_text($4::jsonb) as address, lateral (
    select lead_snapshot.lead_id from lead_snapshot
    where lead_snapshot.tenant_id = $1 and lower(lead_snapshot.person->>'email') = address
    order by lead_snapshot.taken_at desc limit 20
  ) as of_address
), wanted as (
  select (
    select decision.assignment_id from decision
    where decision.tenant_id = $1 and decision.lead_id = known.lead_id
    order by decision.seq desc limit 1
  ) as id
  from known
  union
  select value from jsonb_array_elements_text($3::jsonb)
)
select to_jsonb(assignment) as assignment, to_jsonb(decision) - 'inputs' as decision, to_jsonb(lead_snapshot) as snapshot,
  (select jsonb_agg(to_jsonb(lead_record)) from lead_record
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id) as records,
  (select jsonb_agg(to_jsonb(ledger_entry) order by ledger_entry.seq) from ledger_entry
    where ledger_entry.tenant_id = $1 and ledger_entry.assignment_id = assignment.id
      and ledger_entry.decision_id = assignment.decision_id) as entries,
  (select jsonb_agg(to_jsonb(write_intent) order by write_intent.seq desc) from lead_record
    join write_intent using (tenant_id, connection_id, object_type, record_id)
    where lead_record.tenant_id = $1 and lead_record.lead_id = assignment.lead_id) as intents
from wanted
join assignment on assignment.tenant_id = $1 and assignment.id = wanted.id
join decision on decision.tenant_id = $1 and decision.id = assignment.decision_id
join lead_snapshot on lead_snapshot.tenant_id = $1 and lead_snapshot.id = decision.snapshot_id
