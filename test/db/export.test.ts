import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test, vi } from 'vitest';
import { COLUMN_MEANINGS } from '../../server/storage/lifecycle/export/columns.ts';
import { createExports } from '../../server/storage/lifecycle/export/create-exports.ts';
import { EXPORTED, NOT_EXPORTED } from '../../server/storage/lifecycle/export/tables.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { allTables, insertMadeUp } from '../support/made-up-row.ts';

/** Every table that belongs to tenants or to their accounts, a row each in it, and the tenant itself. */
const fill = async (storage: Storage, tenant: string) => {
  const tables = await allTables(storage);
  for (const table of tables) {
    const own =
      table.name === 'connection' ? `con-${tenant}` : table.name === 'person' ? `per-${tenant}` : null;
    const given = {
      tenant_id: tenant,
      connection_id: `con-${tenant}`,
      person_id: `per-${tenant}`,
      ...(own !== null && { id: own }),
      ...(table.name === 'tenant' && { id: tenant }),
    };
    await insertMadeUp(storage, table, tenant, given);
  }
  return tables;
};

const readExport = async (storage: Storage, tenant: string) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await createExports(storage).open(tenant)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
};

eachDatabase('export', (open) => {
  test('every table and column is in it, or left out for a reason that is written down', async () => {
    const { storage } = await open();
    for (const { name, columns } of await allTables(storage)) {
      const exported = EXPORTED[name];
      if (exported === undefined) {
        expect([name, NOT_EXPORTED[name]]).toEqual([name, expect.any(String)]);
        continue;
      }
      const told = [...exported.columns.split(' '), ...Object.keys(exported.leftOut ?? {})];
      const there = columns.map((column) => column.name).filter((column) => column !== 'tenant_id');
      expect([name, told.toSorted()]).toEqual([name, there.toSorted()]);
      for (const column of exported.columns.split(' '))
        expect([name, column, exported.meaning?.[column] ?? COLUMN_MEANINGS[column]]).toEqual([
          name,
          column,
          expect.any(String),
        ]);
    }
  });

  test('holds one tenant’s rows of every table, counts them, and no secret', async () => {
    const { storage } = await open();
    await fill(storage, 'ours');
    await fill(storage, 'strangers');
    const { text, lines } = await readExport(storage, 'ours');
    const [head, ...rest] = lines;
    expect(head).toMatchObject({ fairlead: 'export', workspace: { id: 'ours', name: 'ours-name' } });
    expect(rest.at(-1)).toEqual({
      end: true,
      tables: Object.keys(EXPORTED).length,
      rows: Object.keys(EXPORTED).length,
    });
    for (const table of Object.keys(EXPORTED)) {
      expect(rest.find((line) => line.table === table)).toMatchObject({ rows: 1 });
      const rows = rest.filter((line) => line.in === table);
      expect([table, rows.length]).toEqual([table, 1]);
      expect(Object.keys(rows[0].row)).toEqual(EXPORTED[table]!.columns.split(' '));
    }
    expect(text).not.toContain('strangers');
    for (const secret of ['ours-hash"', 'ours-tokens', 'ours-browser'])
      expect(
        text.split('\n').filter((line) => line.includes(secret) && !line.includes('"in":"policy"')),
      ).toEqual(secret === 'ours-hash"' ? [expect.stringContaining('"in":"decision"')] : []);
  });

  test('leaves nothing on the disk, whether it is read, or nobody is there any more', async () => {
    const { storage } = await open();
    const folder = await mkdtemp(join(tmpdir(), 'fairlead-none-'));
    vi.stubEnv('TMPDIR', folder);
    const unread = await createExports(storage).open('ours');
    expect(await readdir(folder)).toEqual([]);
    await expect(pipeline(unread, new PassThrough().destroy())).rejects.toThrow();
    expect((await readExport(storage, 'ours')).lines.at(-1)).toMatchObject({ end: true });
    expect(await readdir(folder)).toEqual([]);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  test('shows one moment, and is readable in pages', async () => {
    const { storage } = await open();
    const alert = (tenant: string, id: string) =>
      storage.withTenant(tenant, (trx) =>
        trx
          .insertInto('alert')
          .values({ tenant_id: tenant, id, kind: 'k', subject: id, opened_at: new Date() })
          .execute(),
      );
    for (let i = 0; i < 450; i++) await alert('ours', `a${i}`);
    const { lines } = await readExport(storage, 'ours');
    const ids = lines.filter((line) => line.in === 'alert').map((line) => line.row.id);
    expect(new Set(ids).size).toBe(450);
    expect(lines.find((line) => line.table === 'alert').rows).toBe(450);
    // A transaction that only reads cannot be made to write.
    await expect(storage.snapshot('ours', (trx) => trx.deleteFrom('alert').execute())).rejects.toThrow(
      'read-only',
    );
  });
});
