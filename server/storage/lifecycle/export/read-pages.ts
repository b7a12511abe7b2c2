import { sql } from 'kysely';
import type { Trx } from '../../storage.ts';
import { EXPORTED } from './tables.ts';

/** Rows of a page, held in memory at once: a decision is some ten thousand characters at most. */
const PAGE = 200;

/** Runs work that only reads in a transaction. */
export type Reading = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;

/** The moment an export begins at. */
export interface Beginning {
  readonly at: Date;
  /** The workspace's; null: there is none. */
  readonly name: string | null;
  /** The last `seq` of each table that only grows; 0: it is empty. */
  readonly ends: Readonly<Record<string, number>>;
  /** The primary key of each table. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

const GROWING = Object.keys(EXPORTED).filter((table) => EXPORTED[table]?.grows);

/** Reads what every page goes by. */
export const readBeginning =
  (tenantId: string) =>
  async (trx: Trx): Promise<Beginning> => {
    const ends = GROWING.map(
      (table) =>
        sql`${sql.lit(table)}, (select coalesce(max(seq), 0) from ${sql.table(table)} where tenant_id = ${tenantId})`,
    );
    const found = await sql<Beginning>`
      select now() as at, (select name from tenant where id = ${tenantId}) as name,
        json_build_object(${sql.join(ends)}) as ends,
        (select json_object_agg(relname, array(
          select attname from unnest(indkey) with ordinality as part (attnum, place)
          join pg_attribute on attrelid = indrelid and pg_attribute.attnum = part.attnum order by place))
        from pg_index join pg_class on pg_class.oid = indrelid
        where indisprimary and relnamespace = 'public'::regnamespace) as keys`.execute(trx);
    return found.rows[0]!;
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

/**
 * The tenant's rows of a table, a page at a time, each row as the database writes it as JSON. A page is a transaction of
 * its own, so that others have their turn between; it goes on behind the key of the last row, whatever went or came.
 */
export async function* readPages(
  read: Reading,
  tenantId: string,
  table: string,
  { ends, keys }: Beginning,
): AsyncGenerator<readonly string[]> {
  const { columns, grows } = EXPORTED[table]!;
  const key = (grows ? ['tenant_id', 'seq'] : keys[table]!).map((name) => sql.ref(name));
  const which = grows ? sql`seq <= ${ends[table]}` : sql`true`;
  const chosen = sql.join(columns.split(' ').map((name) => sql.ref(`of.${name}`)));
  let after = sql`true`;
  for (;;) {
    const page = await read((trx) =>
      sql<{ row: string; key: readonly string[] }>`
        select (select row_to_json(chosen)::text from (select ${chosen}) as chosen) as row,
          array[${sql.join(key.map((part) => sql`${part}::text`))}] as key
        from ${sql.table(table)} as of
        where ${theirs(tenantId, table)} and ${which} and ${after}
        order by ${sql.join(key)} limit ${sql.lit(PAGE)}`.execute(trx),
    );
    yield page.rows.map(({ row }) => row);
    const last = page.rows[PAGE - 1];
    if (last === undefined) return;
    after = sql`(${sql.join(key)}) > (${sql.join(last.key.map((part) => sql`${part}`))})`;
  }
}
