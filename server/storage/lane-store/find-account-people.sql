-- Who has open leads of these companies, by domain of their e-mail addresses or by name, but for $4.
-- $2: [domain]; $3: [company in lower case]
select distinct assignment.rep_id, lower(split_part(person->>'email', '@', 2)) as domain,
  lower(trim(person->>'company')) as company
from assignment
join decision on decision.tenant_id = assignment.tenant_id and decision.id = assignment.decision_id
join lead_snapshot on lead_snapshot.tenant_id = assignment.tenant_id and lead_snapshot.id = decision.snapshot_id
where assignment.tenant_id = $1 and assignment.state = 'assigned' and assignment.closed_at is null
  and assignment.rep_id is distinct from $4
  and (lower(split_part(person->>'email', '@', 2)) in (select jsonb_array_elements_text($2::jsonb))
    or lower(trim(person->>'company')) in (select jsonb_array_elements_text($3::jsonb)))
