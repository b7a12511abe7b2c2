import type { Storage } from '../../../server/storage/storage.ts';

/** Tells which tables differ from what they were when it was asked last, in rows or in their contents. */
export type WrittenSince = () => Promise<readonly string[]>;

/** The lane's clock and counter move on with every look at it, and a key's use is noted every few minutes. */
const HASH = `select hashtextextended(($1 - 'last_instant' - 'state_version' - 'last_used_at')::text, 0)::numeric`;

/** A trigger of each table's notes what each row written adds to the sum of its table: undone with what it notes. */
const NOTES = `
  create schema noting;
  create table noting.change (name text, rows int, sum numeric);
  create function noting.hash_of(jsonb) returns numeric language sql as $$ ${HASH} $$;
  create function noting.note() returns trigger language plpgsql security definer as $$
    begin
      insert into noting.change values (tg_table_name,
        (tg_op <> 'DELETE')::int - (tg_op <> 'INSERT')::int,
        case when tg_op <> 'DELETE' then noting.hash_of(to_jsonb(new)) else 0 end
          - case when tg_op <> 'INSERT' then noting.hash_of(to_jsonb(old)) else 0 end);
      return null;
    end $$;
  do $$
    declare one text;
    begin
      for one in
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      loop
        execute format(
          'create trigger note after insert or update or delete on %s for each row execute function noting.note()', one);
      end loop;
    end $$;
  grant usage on schema noting to public;`;

const TAKE = `
  with gone as (delete from noting.change returning *)
  select name from gone group by name having sum(rows) <> 0 or sum(sum) <> 0 order by name`;

/**
 * From here on every write is noted: what an attempt changed costs what it wrote, not what is kept. Asked again, the
 * same notes serve.
 */
export const noteWrites = async (storage: Storage): Promise<WrittenSince> => {
  const { rows } = await storage.executeSql("select to_regnamespace('noting') is null as missing");
  if ((rows as { missing: boolean }[])[0]?.missing) await storage.executeSql(NOTES);
  return async () => ((await storage.executeSql(TAKE)).rows as { name: string }[]).map(({ name }) => name);
};
