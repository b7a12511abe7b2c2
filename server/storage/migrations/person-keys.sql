-- What people are known by, as columns. Row security lets only comparisons that tell nothing to others be looked up in an
-- index, which `lower` and `regexp_replace` are not: by the expressions themselves every snapshot of the tenant was read.
-- They come from `person`, and go with it.
alter table lead_snapshot
  add column email_key text generated always as (lower(person->>'email')) stored,
  -- The digits of a phone number.
  add column phone_key text generated always as (regexp_replace(person->>'phone', '[^0-9+]', '', 'g')) stored;
drop index lead_snapshot_email, lead_snapshot_phone;
create index lead_snapshot_email on lead_snapshot (tenant_id, email_key, taken_at) where email_key is not null;
create index lead_snapshot_phone on lead_snapshot (tenant_id, phone_key, taken_at) where phone_key is not null;
