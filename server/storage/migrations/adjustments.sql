-- What people changed in a pool's ledger by hand: credits, debits, turns to be passed, leads that were none. amount: what
-- the rep is owed more, in millionths of a lead. request: the key of the request that made it, so that a repeat makes no
-- other. The reason is what somebody wrote, so it can be erased; nothing else changes.
create table adjustment (
  tenant_id text not null, id text not null, seq bigint generated always as identity, pool_id text not null, rep_id text not null,
  kind text not null, amount bigint not null default 0, skip text, assignment_id text, made_by text not null, reason text,
  request text, at timestamptz not null, primary key (tenant_id, id));
create unique index adjustment_request on adjustment (tenant_id, request) where request is not null;
create index adjustment_pool on adjustment (tenant_id, pool_id, seq);
create index adjustment_assignment on adjustment (tenant_id, assignment_id) where assignment_id is not null;

-- The line of the ledger an adjustment made; skips: whose turn is to be passed from there on, or was passed.
alter table ledger_entry add column adjustment_id text, add column skips jsonb;
alter table pool_member add column skip text;

alter table adjustment enable row level security;
alter table adjustment force row level security;
create policy tenant_rows on adjustment to fairlead_app using (tenant_id = current_setting('fairlead.tenant', true));
grant select, insert on adjustment to fairlead_app;
grant update (reason) on adjustment to fairlead_app;
create trigger append_only before delete on adjustment for each row execute function refuse_change();
create trigger append_only_whole before truncate on adjustment execute function refuse_change();
