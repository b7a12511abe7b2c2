import type { Storage } from '../../server/storage/storage.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  /** Its values are the database's own: counted up, or made of other columns. */
  readonly generated: boolean;
}

/** A table of the database and its columns. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Every table of ours, as the database has it; those first that others refer to. */
export const allTables = async (storage: Storage): Promise<readonly Table[]> => {
  const { rows } = await storage.executeSql(
    `select table_name as "table", column_name as name, data_type as type, is_identity = 'YES' or is_generated = 'ALWAYS' as generated
     from information_schema.columns
     where table_schema = 'public' and table_name not like 'kysely%'
     order by table_name <> 'tenant', table_name <> 'person', table_name, ordinal_position`,
  );
  const columns = rows as (Column & { table: string })[];
  return [...Map.groupBy(columns, ({ table }) => table)].map(([name, of]) => ({ name, columns: of }));
};

/** Fills every column that takes a value with one made up of `mark`, but for those that are given. */
export const insertMadeUp = async (
  storage: Storage,
  { name, columns }: Table,
  mark: string,
  given: Readonly<Record<string, string>>,
): Promise<void> => {
  const filled = columns.filter((column) => !column.generated && !NULLED.has(column.name));
  const values = filled.map((column) => quote(given[column.name] ?? madeUp(column, mark)));
  // As the owner, whom row security holds to a tenant's rows too.
  await storage.executeSql(
    `begin; select set_config('fairlead.tenant', ${quote(given.tenant_id ?? '')}, true);
     insert into ${name} (${filled.map((column) => `"${column.name}"`)}) values (${values}); commit`,
  );
};

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A row that says it is erased may hold nothing else. */
const NULLED = new Set(['erased_at', 'deletes_at', 'deletion_asked_at', 'deletion_asked_by', 'removed_at']);

const madeUp = ({ name, type }: Column, mark: string): string => {
  if (type === 'json' || type === 'jsonb') return JSON.stringify({ of: mark });
  if (type === 'boolean') return 'true';
  if (type.startsWith('timestamp')) return '2026-11-24T15:00:00Z';
  if (name === 'role') return 'rep';
  if (name === 'admits') return 'rep';
  return type === 'text' ? `${mark}-${name}` : '1';
};

/** Every row of every table in which a text stands somewhere, whatever its case: the table and the row. */
export const rowsWith = async (
  storage: Storage,
  text: string,
): Promise<readonly { readonly table: string; readonly row: string }[]> => {
  const { rows: tables } = await storage.executeSql(
    `select format('%I.%I', n.nspname, c.relname) as name, c.relforcerowsecurity as forced
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'pgboss')`,
  );
  const looks = lookThrough(tables as { name: string; forced: boolean }[], text);
  for (;;)
    try {
      return (await storage.executeSql(looks)).rows as { table: string; row: string }[];
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    }
};

const LOCK_NOT_AVAILABLE = '55P03';

const lookThrough = (
  tables: readonly { readonly name: string; readonly forced: boolean }[],
  text: string,
): string =>
  [
    'begin',
    // Every table is locked: whoever is at work on one and waits for another goes first, and all is looked at anew.
    `set local lock_timeout = '300ms'`,
    // Else the owner would see nobody's rows.
    ...tables
      .filter(({ forced }) => forced)
      .map(({ name }) => `alter table ${name} no force row level security`),
    ...tables.map(
      ({ name }) => `select ${quote(name)} as "table", row_to_json(t)::text as row from ${name} as t
           where position(lower(${quote(text)}) in lower(row_to_json(t)::text)) > 0`,
    ),
    'rollback',
  ].join(';\n');
