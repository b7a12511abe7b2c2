-- Personal data goes, with the salt that could tell whether a guess of it is right. $2: now; $3: [lead id]
with reasons as (
  update adjustment set reason = null
  where tenant_id = $1 and assignment_id in (
    select id from assignment where tenant_id = $1 and lead_id in (select value from jsonb_array_elements_text($3::jsonb))))
update lead_snapshot set field_values = null, given = null, person = null, salt = '', erased_at = $2::timestamptz
where tenant_id = $1 and lead_id in (select value from jsonb_array_elements_text($3::jsonb)) and erased_at is null
