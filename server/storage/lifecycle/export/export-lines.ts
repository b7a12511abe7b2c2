import { sql } from 'kysely';
import { ENGINE } from '../../../routing/decision.ts';
import { SCHEMA_VERSION } from '../../migrations/migrate.ts';
import type { Trx } from '../../storage.ts';
import { COLUMN_MEANINGS } from './columns.ts';
import { EXPORTED, type ExportedTable, NOT_EXPORTED } from './tables.ts';

/** Rows held in memory at once: a decision is some ten thousand characters at most. */
const PAGE = 200;

/** What an export is written as: raised when a reader of the one before could not read it. */
const FORMAT = 1;

/**
 * A tenant's export as lines of JSON: first what it is, then each table with what its columns mean and how many rows
 * follow, then those, and at the end how many there were. The transaction must see one moment.
 */
export async function* exportLines(trx: Trx, tenantId: string): AsyncGenerator<string> {
  yield await headLine(trx, tenantId);
  let rows = 0;
  for (const [table, exported] of Object.entries(EXPORTED)) {
    const { count, from } = await countRows(trx, tenantId, table);
    yield tableLine(table, exported, count);
    for await (const page of readRows(trx, table, exported, from)) {
      rows += page.length;
      yield page.map((row) => `{"in":"${table}","row":${row}}\n`).join('');
    }
  }
  yield line({ end: true, tables: Object.keys(EXPORTED).length, rows });
}

const line = (content: object): string => `${JSON.stringify(content)}\n`;

const headLine = async (trx: Trx, tenantId: string): Promise<string> => {
  const found = await sql<{ name: string | null; at: Date }>`
    select now() as at, (select name from tenant where id = ${tenantId}) as name`.execute(trx);
  const { name, at } = found.rows[0]!;
  return line({
    fairlead: 'export',
    format: FORMAT,
    workspace: { id: tenantId, name },
    at: at.toISOString(),
    schema: SCHEMA_VERSION,
    engine: ENGINE,
    notExported: NOT_EXPORTED,
  });
};

/** What a table's columns mean. */
export const meaningsOf = ({ columns, meaning = {} }: ExportedTable): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.split(' ').map((name) => [name, meaning[name] ?? COLUMN_MEANINGS[name] ?? name]),
  );

const tableLine = (table: string, exported: ExportedTable, rows: number): string => {
  const { what, leftOut } = exported;
  return line({ table, what, rows, columns: meaningsOf(exported), ...(leftOut && { leftOut }) });
};

/** Which rows of a table are the tenant's. */
const theirs = (tenantId: string, table: string) => {
  if (table === 'tenant') return sql`id = ${tenantId}`;
  if (table === 'identity') return sql`person_id in (select id from person where tenant_id = ${tenantId})`;
  return OF_CONNECTIONS.has(table)
    ? sql`connection_id in (select id from connection where tenant_id = ${tenantId})`
    : sql`tenant_id = ${tenantId}`;
};

/** Tables that name no tenant but an account of one. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set(['inbox', 'org_credential', 'poll_mark']);

const countRows = async (trx: Trx, tenantId: string, table: string) => {
  const from = sql`${sql.table(table)} where ${theirs(tenantId, table)}`;
  const found = await sql<{ count: number }>`select count(*) as count from ${from}`.execute(trx);
  return { count: Number(found.rows[0]?.count ?? 0), from };
};

/** A page of rows at a time, each as the database writes it as JSON. */
async function* readRows(
  trx: Trx,
  table: string,
  { columns }: ExportedTable,
  from: ReturnType<typeof sql>,
): AsyncGenerator<readonly string[]> {
  const cursor = sql.ref(`export_${table}`);
  const chosen = sql.join(columns.split(' ').map((name) => sql.ref(name)));
  await sql`declare ${cursor} no scroll cursor for
    select row_to_json(chosen)::text as row from (select ${chosen} from ${from}) as chosen`.execute(trx);
  for (;;) {
    const page = await sql<{ row: string }>`fetch ${sql.lit(PAGE)} from ${cursor}`.execute(trx);
    if (page.rows.length === 0) break;
    yield page.rows.map(({ row }) => row);
  }
  await sql`close ${cursor}`.execute(trx);
}
