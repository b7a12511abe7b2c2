-- People who sign in to the console, what each signs in with, and who is invited. `admits`: the role of whoever signs in
-- with an account that is connected and was not invited; null: they wait until an owner lets them in.
alter table tenant add column admits text check (admits in ('rep', 'auditor'));
-- role null: waits to be let in, or (removed_at) was removed. Who was removed stays known, to be kept out.
create table person (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  name text not null,
  email text,
  email_verified boolean not null default false,
  role text check (role in ('owner', 'admin', 'manager', 'rep', 'auditor')),
  removed_at timestamptz check (removed_at is null or role is null),
  created_at timestamptz not null default now(),
  signed_in_at timestamptz
);
create index person_of_tenant on person (tenant_id);
-- Whom a provider says somebody is. One identity is one person of one workspace.
create table identity (
  issuer text not null,
  subject text not null,
  provider text not null,
  person_id text not null references person (id) on delete cascade,
  primary key (issuer, subject)
);
create index identity_of_person on identity (person_id);
create table invitation (
  id text primary key,
  tenant_id text not null references tenant (id) on delete cascade,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'manager', 'rep', 'auditor')),
  invited_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (tenant_id, email)
);
create index invitation_by_email on invitation (email);
-- Sign-ins under way and links to the first owner that were used: both known by a hash, and over by themselves.
create table sign_in (
  hash text primary key,
  provider text not null,
  browser text not null,
  details text not null,
  expires_at timestamptz not null
);
create table used_link (hash text primary key, expires_at timestamptz not null);
-- role: the person's as they signed in; once it is another the session is over. person_id null: a browser on the
-- service's own machine.
alter table session
  add column person_id text references person (id) on delete cascade,
  add column opened_at timestamptz not null default now(),
  add column seen_at timestamptz not null default now(),
  add column agent text;
create index session_of_person on session (person_id);
grant select, insert, update, delete on person, identity, invitation, sign_in, used_link to fairlead_directory;
