import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test, vi } from 'vitest';
import { createWorkspaces } from '../../server/storage/lifecycle/create-workspaces.ts';
import { COLUMN_MEANINGS } from '../../server/storage/lifecycle/export/columns.ts';
import { createExports } from '../../server/storage/lifecycle/export/create-exports.ts';
import { EXPORTED, NOT_EXPORTED } from '../../server/storage/lifecycle/export/tables.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, TENANT } from '../support/lane-world.ts';
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

const SIMPLE = {
  policy: {
    fields: { email: { type: 'email' } },
    pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
    rules: [],
    fallback: [{ pool: 'all' }],
  },
  reps: [{ id: 'ann' }, { id: 'ben' }],
};

/** Something happens before every transaction of an export, and is waited for. */
const disturbed = (storage: Storage, happens: () => Promise<void>): Storage => ({
  ...storage,
  snapshot: async (tenantId, work) => {
    await happens();
    return storage.snapshot(tenantId, work);
  },
});

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
      expect(rest.find((line) => line.ended === table)).toMatchObject({ rows: 1 });
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
    await storage.executeSql(`insert into tenant (id, name) values ('ours', 'Ours')`);
    const unread = await createExports(storage).open('ours');
    expect(await readdir(folder)).toEqual([]);
    await expect(pipeline(unread, new PassThrough().destroy())).rejects.toThrow();
    expect((await readExport(storage, 'ours')).lines.at(-1)).toMatchObject({ end: true });
    expect(await readdir(folder)).toEqual([]);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  test('takes turns: leads are answered between its pages, and all that was there at its beginning is in it', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, SIMPLE);
    const before = await Promise.all(Array.from({ length: 450 }, () => world.lead()));
    const answered: string[] = [];
    // A lead before each transaction of the export: if it held the database, the first of them would wait for ever.
    const { lines } = await readExport(
      disturbed(storage, async () => {
        answered.push((await world.lead()).id);
      }),
      TENANT,
    );
    expect(answered.length).toBeGreaterThan(Object.keys(EXPORTED).length);
    const rows = (table: string) => lines.filter((line) => line.in === table).map((line) => line.row);
    const ids = (table: string) => new Set(rows(table).map(({ id }) => id));

    // What only grows ends where it ended at the beginning, whole: every lead that was decided by then, and its turn.
    const decided = rows('decision').map(({ id }) => id);
    expect(new Set(decided).size).toBe(decided.length);
    expect(decided.slice(0, 450).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    expect(decided.slice(450)).toEqual(answered.slice(0, decided.length - 450));
    expect(decided.length).toBeLessThan(450 + answered.length);
    expect(rows('ledger_entry').map((row) => row.decision_id)).toEqual(decided);
    // What those name is there, and nothing twice.
    for (const [table, key] of [
      ['lead', 'lead_id'],
      ['assignment', 'assignment_id'],
      ['lead_snapshot', 'snapshot_id'],
    ] as const) {
      const there = ids(table);
      expect(rows('decision').filter((row) => !there.has(row[key]))).toEqual([]);
      expect(there.size).toBe(rows(table).length);
    }
    for (const { ended, rows: told } of lines.filter((line) => line.ended !== undefined))
      expect([ended, rows(ended).length]).toEqual([ended, told]);
  }, 120_000);

  test('nobody is in it in part: while people are erased it is written anew, and at last in one transaction', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, SIMPLE);
    const people = ['ada', 'bob', 'cyd', 'dan', 'eve'];
    for (const name of people) await world.lead({ email: `${name}@quibble.example` }, { person: { name } });
    const left = new Set(people);
    let transactions = 0;
    const { lines, text } = await readExport(
      disturbed(storage, async () => {
        transactions += 1;
        // In the middle of every try, for as long as there is somebody.
        const [name] = left;
        if (transactions % 30 !== 0 || name === undefined) return;
        left.delete(name);
        const person = { email: `${name}@quibble.example` };
        expect(await world.useCases.erasePerson({ tenantId: TENANT, person, by: 'a test' })).toEqual({
          leads: 1,
        });
      }),
      TENANT,
    );
    expect(lines.at(-1)).toMatchObject({ end: true });
    for (const name of people)
      expect([name, text.includes(`${name}@quibble.example`)]).toEqual([name, left.has(name)]);
    expect(left.size).toBeGreaterThan(0);
    expect(lines.filter((line) => line.in === 'decision')).toHaveLength(people.length);
  }, 120_000);

  test('is refused once the rows of the workspace are going', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, SIMPLE);
    await world.lead();
    let transactions = 0;
    const gone = readExport(
      disturbed(storage, async () => {
        transactions += 1;
        if (transactions === 20) await createWorkspaces(storage).askDeletion(TENANT, 'a test', 0);
      }),
      TENANT,
    );
    await expect(gone).rejects.toMatchObject({ code: 'workspace_closing', status: 409 });
  });

  test('reads only', async () => {
    const { storage } = await open();
    await expect(storage.snapshot('ours', (trx) => trx.deleteFrom('alert').execute())).rejects.toThrow(
      'read-only',
    );
  });
});
