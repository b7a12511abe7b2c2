-- Who was shown a secret: whoever made the key, or replaced the one before. null: before that was kept, or set from outside.
alter table api_key_secret add column made_by text;

-- What ended, by when: what the retention removes is found without reading what it keeps.
create index delivery_ended on delivery (tenant_id, done_at) where state not in ('pending', 'refused') and told_at is not null;
create index alert_closed on alert (tenant_id, closed_at) where closed_at is not null;
create index reply_made on reply (tenant_id, created_at);
create index inbox_done on inbox (done_at) where done_at is not null;
create index inbox_parked on inbox (received_at) where due_at = 'infinity';

-- Which leads hold an e-mail address anywhere among their values: a hash of it, so that who is asked to be forgotten is
-- found without reading everybody. It says nothing but to who has the address, and goes with the lead's values.
create table lead_address (
  tenant_id text not null, hash bigint not null, lead_id text not null, primary key (tenant_id, hash, lead_id));
create index lead_address_lead on lead_address (tenant_id, lead_id);
alter table lead_address enable row level security;
alter table lead_address force row level security;
create policy tenant_rows on lead_address to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select, insert, delete on lead_address to fairlead_app;
grant select, delete on lead_address to fairlead_lifecycle;
-- Case and blanks around an address make no other address.
create function address_hash(address text) returns bigint language sql immutable parallel safe
  return hashtextextended(lower(trim(address)), 0);
do $$
declare theirs text;
begin
  for theirs in select id from tenant loop
    perform set_config('fairlead.tenant', theirs, true);
    insert into lead_address (tenant_id, hash, lead_id)
    select distinct tenant_id, address_hash(held.value), lead_id
    from lead_snapshot, lateral (values (person), (given), (field_values)) as part (said), jsonb_each_text(coalesce(said, '{}')) as held
    where tenant_id = theirs and erased_at is null and strpos(held.value, '@') > 0;
  end loop;
  perform set_config('fairlead.tenant', '', true);
end $$;
