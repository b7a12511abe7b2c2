import type { Storage } from '../../server/storage/storage.ts';

/** Truncates the tables that have pages; those that keep what was written let only their owner do it, and only so. */
const EMPTY = `
do $$
declare target text;
begin
  drop schema if exists pgboss cascade;
  for target in
    select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
      and pg_relation_size(format('public.%I', tablename)::regclass) > 0
  loop
    execute format('alter table %I disable trigger user', target);
    execute format('truncate %I restart identity', target);
    execute format('alter table %I enable trigger user', target);
  end loop;
end $$`;

/** Brings a database back to how it was when it was migrated. */
export const emptyDatabase = async (storage: Storage): Promise<void> => {
  await storage.executeSql(EMPTY);
};
