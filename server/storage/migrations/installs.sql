-- Installs under way, and accounts that came from a marketplace and wait for somebody to sign in. Known by the hash of
-- a secret; what is in them is sealed. Both end by themselves.
create table install (
  hash text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  vendor text not null,
  browser text not null,
  details text not null,
  expires_at timestamptz not null
);
create table parked_install (
  hash text primary key,
  vendor text not null,
  account text not null,
  expires_at timestamptz not null
);
grant select, insert, delete on install, parked_install to fairlead_directory;
