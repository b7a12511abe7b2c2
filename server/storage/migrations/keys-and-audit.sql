-- A key may have two secrets while one replaces the other. scopes null: everything, also what is not thought of yet.
alter table api_key add column id text, add column scopes jsonb, add column made_by text, add column expires_at timestamptz,
  add column last_used_at timestamptz;
update api_key set id = 'key_' || replace(gen_random_uuid()::text, '-', '');
-- prefix: the first characters, by which people tell keys apart; null: made before they were kept, or too short to show any.
create table api_key_secret (
  hash text primary key, tenant_id text not null, key_id text not null, prefix text,
  created_at timestamptz not null default now(), ends_at timestamptz);
insert into api_key_secret (hash, tenant_id, key_id, created_at) select hash, tenant_id, id, created_at from api_key;
alter table api_key drop column hash;
alter table api_key add primary key (id);
create index api_key_tenant on api_key (tenant_id, created_at);
create index api_key_secret_key on api_key_secret (key_id);
grant select, insert, update, delete on api_key_secret to fairlead_directory;

-- What belongs to no connection and is sealed with the keys of FAIRLEAD_KEYS.
create table sealed_secret (name text primary key, sealed text not null);
grant select, insert, update, delete on sealed_secret to fairlead_directory;
-- Installs under way are sealed anew, too, when a key is replaced.
grant update (details) on install to fairlead_directory;
grant update (account) on parked_install to fairlead_directory;

-- Who changed what. subject: the id of what was changed. outcome: done; unknown where the process ended, or failed, between
-- the change and this line. It holds no values of anything.
create table audit_line (
  tenant_id text not null, seq bigint generated always as identity, at timestamptz not null default now(),
  who text not null, action text not null, subject text, outcome text not null default 'done', primary key (tenant_id, seq));
create index audit_line_action on audit_line (tenant_id, action, seq);
create index audit_line_who on audit_line (tenant_id, who, seq);
-- Changes that were begun and have no line yet. One that stays here for minutes has lost its process.
create table audit_begun (
  tenant_id text not null, id text not null, at timestamptz not null default now(),
  who text not null, action text not null, subject text, primary key (tenant_id, id));
do $$
declare protected text;
begin
  foreach protected in array array['audit_line', 'audit_begun']
  loop
    execute format('alter table %I enable row level security', protected);
    execute format('alter table %I force row level security', protected);
    execute format($policy$create policy tenant_rows on %I to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true))$policy$, protected);
  end loop;
end $$;
grant select, insert on audit_line to fairlead_app;
grant select, insert, delete on audit_begun to fairlead_app;
create trigger append_only before update or delete on audit_line for each row execute function refuse_change();
create trigger append_only_whole before truncate on audit_line execute function refuse_change();
