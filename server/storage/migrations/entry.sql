-- Leads that came in elsewhere and are made records of a CRM. entry: {connectionId, refused} while the lead is on its way
-- into one; conversion: `pending` while we are to convert its record, `refused` where the CRM would not.
alter table assignment add column entry jsonb, add column conversion text;
alter table assignment alter column entry set statistics 0;
-- Where a record opens in its CRM.
alter table lead_record add column url text;
-- A person without an e-mail address is known by the digits of their phone number.
create index lead_snapshot_phone on lead_snapshot (tenant_id, regexp_replace(person->>'phone', '[^0-9+]', '', 'g'));
