import { expect, test } from 'vitest';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const DIRECTORY = ['api_key', 'api_key_secret', 'session', 'connection', 'install', 'person', 'invitation'];

const tenantTables = async (storage: Storage): Promise<string[]> => {
  const { rows } = await storage.executeSql(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'`,
  );
  const names = (rows as { table_name: string }[]).map(({ table_name }) => table_name);
  return names.filter((name) => !DIRECTORY.includes(name)).sort();
};

interface Column {
  readonly name: string;
  readonly type: string;
}

/** A row of made-up values in the columns that must have one. */
const insertInto = async (storage: Storage, table: string, tenantId: string) => {
  const { rows } = await storage.executeSql(
    `select column_name as name, data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null and is_identity = 'NO'`,
    [table],
  );
  const value = ({ name, type }: Column) => {
    if (name === 'tenant_id') return `'${tenantId}'`;
    if (type === 'jsonb') return `'{}'`;
    return type.startsWith('timestamp') ? 'now()' : `'1'`;
  };
  const columns = rows as Column[];
  const sql = `insert into ${table} (${columns.map(({ name }) => name)}) values (${columns.map(value)})`;
  return { sql, parameters: [] };
};

const count = async (storage: Storage, tenantId: string, table: string): Promise<number> =>
  storage.withTenant(tenantId, async (_trx, tx) => {
    const [result] = await tx.pipeline([{ sql: `select count(*) as n from ${table}`, parameters: [] }]);
    return result?.rows[0]?.n as number;
  });

const asTenant = (storage: Storage, tenantId: string, sql: string) =>
  storage.withTenant(tenantId, (_trx, tx) => tx.pipeline([{ sql, parameters: [] }]));

eachDatabase('row security', (open) => {
  test('every table with a tenant shows and takes that tenant’s rows only', async () => {
    const { storage } = await open();
    const tables = await tenantTables(storage);
    expect(tables).toEqual(
      expect.arrayContaining(['lane', 'decision', 'lead_snapshot', 'delivery', 'alert']),
    );
    for (const table of tables) {
      const ours = await insertInto(storage, table, 'ours');
      await storage.withTenant('ours', (_trx, tx) => tx.pipeline([ours]));
      expect([table, await count(storage, 'ours', table)]).toEqual([table, 1]);
      expect([table, await count(storage, 'theirs', table)]).toEqual([table, 0]);
      expect([table, await count(storage, '', table)]).toEqual([table, 0]);
      const forged = await insertInto(storage, table, 'theirs');
      await expect(storage.withTenant('ours', (_trx, tx) => tx.pipeline([forged]))).rejects.toThrow(
        'row-level security',
      );
    }
  });

  test('is forced on every table with a tenant, and nobody but the two roles is named', async () => {
    const { storage } = await open();
    const { rows } = await storage.executeSql(
      'select relname from pg_class where relforcerowsecurity and relrowsecurity order by relname',
    );
    expect((rows as { relname: string }[]).map(({ relname }) => relname)).toEqual(
      await tenantTables(storage),
    );
  });

  test('an update or delete without a condition reaches the tenant’s rows only', async () => {
    const { storage } = await open();
    for (const tenant of ['ours', 'theirs'])
      await asTenant(storage, tenant, `insert into lane (tenant_id) values ('${tenant}')`);
    await asTenant(storage, 'ours', 'update lane set paused = true');
    await asTenant(storage, 'ours', 'delete from lane');
    const left = await storage.withTenant('theirs', (trx) =>
      trx.selectFrom('lane').select('paused').execute(),
    );
    expect(left).toEqual([{ paused: false }]);
  });

  test('a tenant sees itself and its connections in the directory, and never a secret', async () => {
    const { storage } = await open();
    await storage.directory(async (trx) => {
      for (const id of ['ours', 'theirs']) {
        await trx.insertInto('tenant').values({ id, name: id }).execute();
        const connection = {
          id: `con-${id}`,
          tenant_id: id,
          vendor: 'hubspot',
          external_id: id,
          name: id,
          tokens: 'sealed',
        };
        await trx.insertInto('connection').values(connection).execute();
      }
    });
    const seen = await storage.withTenant('ours', async (trx) => ({
      tenants: await trx.selectFrom('tenant').select('id').execute(),
      connections: await trx.selectFrom('connection').select('id').execute(),
    }));
    expect(seen).toEqual({ tenants: [{ id: 'ours' }], connections: [{ id: 'con-ours' }] });
    for (const secret of [
      'select tokens from connection',
      'select * from api_key',
      'select * from api_key_secret',
      'select * from sealed_secret',
      'select * from session',
      'select * from person',
      'select * from identity',
      'select * from invitation',
      'select * from sign_in',
      'select * from used_link',
      'select * from install',
      'select * from parked_install',
      'select * from inbox',
    ]) {
      await expect(asTenant(storage, 'ours', secret)).rejects.toThrow('permission denied');
    }
    await expect(asTenant(storage, 'ours', "update tenant set name = 'x'")).rejects.toThrow(
      'permission denied',
    );
  });

  test('the directory reaches nothing of tenants’ rows but what is due and how many are open', async () => {
    const { storage } = await open();
    const { rows } = await storage.executeSql(
      `select table_name || '.' || column_name as column, privilege_type as privilege from information_schema.column_privileges
       where grantee = 'fairlead_directory' and table_name = any($1) order by 1`,
      [await tenantTables(storage)],
    );
    const read = (column: string) => ({ column, privilege: 'SELECT' });
    expect(rows).toEqual(
      [
        'alert.closed_at',
        'delivery.connection_id',
        'delivery.due_at',
        'delivery.kind',
        'delivery.state',
        'delivery.told_at',
      ].map(read),
    );
  });

  test('decisions, ledger entries and events keep what was written, even from the owner', async () => {
    const { storage } = await open();
    for (const table of ['decision', 'ledger_entry', 'assignment_event', 'audit_line']) {
      const row = await insertInto(storage, table, 'ours');
      await storage.withTenant('ours', (_trx, tx) => tx.pipeline([row]));
      await expect(asTenant(storage, 'ours', `update ${table} set tenant_id = tenant_id`)).rejects.toThrow(
        'permission denied',
      );
      await expect(asTenant(storage, 'ours', `delete from ${table}`)).rejects.toThrow('permission denied');
      await expect(storage.executeSql(`truncate ${table}`)).rejects.toThrow('keeps what was written');
    }
  });

  test('a snapshot’s personal data can be erased and the rest of it cannot change', async () => {
    const { storage } = await open();
    const row = await insertInto(storage, 'lead_snapshot', 'ours');
    await storage.withTenant('ours', (_trx, tx) => tx.pipeline([row]));
    await asTenant(
      storage,
      'ours',
      `update lead_snapshot set field_values = '{"country": "US"}', person = '{}'`,
    );
    const half = asTenant(storage, 'ours', 'update lead_snapshot set erased_at = now(), person = null');
    await expect(half).rejects.toThrow('erased_is_empty');
    await asTenant(
      storage,
      'ours',
      'update lead_snapshot set erased_at = now(), field_values = null, given = null, person = null',
    );
    await expect(asTenant(storage, 'ours', "update lead_snapshot set digest = 'other'")).rejects.toThrow(
      'permission denied',
    );
    await expect(asTenant(storage, 'ours', 'delete from lead_snapshot')).rejects.toThrow('permission denied');
  });
});
