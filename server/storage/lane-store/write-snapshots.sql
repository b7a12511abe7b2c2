-- $2: now; $3: snapshots. Their addresses are kept as hashes, by which an erasure finds them.
with new as (
  select * from json_to_recordset($3::json) as new (id text, lead_id text, salt text, digest text, field_values jsonb, given jsonb, person jsonb)
), addresses as (
  insert into lead_address (tenant_id, hash, lead_id)
  select $1, address_hash(held.value), lead_id
  from new, lateral (values (person), (given), (field_values)) as part (said), jsonb_each_text(said) as held
  where strpos(held.value, '@') > 0
  on conflict do nothing
)
insert into lead_snapshot (tenant_id, id, lead_id, taken_at, salt, digest, field_values, given, person)
select $1, id, lead_id, $2::timestamptz, salt, digest, field_values, given, person from new
