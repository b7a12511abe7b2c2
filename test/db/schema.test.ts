import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import { eachDatabase, emptyPostgres } from '../support/databases.ts';

const SCHEMA = new URL('../../server/storage/schema/', import.meta.url);

/** The columns that the files of `schema/` declare, by table. */
const declared = (): Map<string, string[]> => {
  const source = readdirSync(SCHEMA)
    .map((name) => readFileSync(new URL(name, SCHEMA), 'utf8'))
    .join('\n');
  const interfaces = new Map(
    [...source.matchAll(/interface (\w+) \{\n([^}]*)\}/g)].map(([, name, body]) => [
      name!,
      [...body!.matchAll(/^ {2}(\w+):/gm)].map(([, column]) => column!).sort(),
    ]),
  );
  const tables = [...source.matchAll(/export interface \w+Tables \{\n([^}]*)\}/g)]
    .map(([, body]) => body)
    .join('');
  return new Map(
    [...tables.matchAll(/(\w+): (\w+);/g)].map(([, table, type]) => [table!, interfaces.get(type!) ?? []]),
  );
};

eachDatabase('the table types', (open) => {
  test('have exactly the columns of the tables', async () => {
    const { storage } = await open();
    const { rows } = await storage.executeSql(
      `select table_name as "table", array_agg(column_name::text order by column_name) as columns
       from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%' group by 1`,
    );
    const actual = (rows as { table: string; columns: string[] }[]).map(
      ({ table, columns }) => [table, columns.sort()] as const,
    );
    expect(new Map(actual.sort())).toEqual(new Map([...declared()].sort()));
  });
});

const MIGRATIONS = readdirSync(new URL('../../server/storage/migrations', import.meta.url)).filter((name) =>
  /^\d{4}-/.test(name),
).length;

test('processes that start together on an empty PostgreSQL migrate it once', async () => {
  const { url, drop } = await emptyPostgres();
  try {
    const storages = await Promise.all(
      [1, 2, 3].map(() => openStorage({ databaseUrl: url, connections: 2 })),
    );
    const { rows } = await storages[0]!.executeSql('select count(*) as n from kysely_migration');
    expect(rows).toEqual([{ n: MIGRATIONS }]);
    const lead = { tenant_id: 't', id: 'l', created_at: new Date() };
    await storages[2]!.withTenant('t', (trx) => trx.insertInto('lead').values(lead).execute());
    for (const storage of storages) await storage.close();
  } finally {
    await drop();
  }
});
