import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Storage, Trx } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const names = (storage: Storage): Promise<string[]> =>
  storage.directory(async (trx) => {
    const rows = await trx.selectFrom('tenant').select('name').orderBy('name').execute();
    return rows.map(({ name }) => name);
  });

const insert = (name: string) => ({
  sql: 'insert into tenant (id, name) values ($1, $1)',
  parameters: [name],
});

eachDatabase('transactions', (open, kind) => {
  test('keep what was written, and nothing when the work rejects', async () => {
    const { storage } = await open();
    await storage.directory((trx) => trx.insertInto('tenant').values({ id: 'a', name: 'a' }).execute());
    const failing = storage.directory(async (trx) => {
      await trx.insertInto('tenant').values({ id: 'b', name: 'b' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await names(storage)).toEqual(['a']);
  });

  test('of a machine that died in the middle end by themselves: their locks would keep every other from the lane', async () => {
    const { storage } = await open();
    const patience = sql<{ of: string }>`select current_setting('idle_in_transaction_session_timeout') as of`;
    const told = async (trx: Trx) => (await patience.execute(trx)).rows[0]?.of;
    expect(await storage.directory(told)).toBe('1min');
    expect(await storage.withTenant('t', told)).toBe('1min');
    expect(await storage.snapshot('t', told)).toBe('1min');
    // Set for the transaction alone: whoever shares the connection behind a pooler has their own.
    expect(
      (await storage.executeSql(`select current_setting('idle_in_transaction_session_timeout') as of`)).rows,
    ).toEqual([{ of: '0' }]);
  });

  test('a failed statement fails its transaction only', async () => {
    const { storage } = await open();
    const failing = storage.directory(async (trx) => {
      await sql`select 1/0`.execute(trx);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await names(storage)).toEqual([]);
  });

  test('a failure that the work swallows is not taken for a commit', async () => {
    const { storage } = await open();
    const swallowing = storage.directory(async (trx, tx) => {
      await tx.pipeline([insert('a')]);
      await sql`select 1/0`.execute(trx).catch(() => undefined);
    });
    await expect(swallowing).rejects.toMatchObject({ code: 'transaction_undone' });
    expect(await names(storage)).toEqual([]);
  });

  test('a pipeline answers in order and rejects with its first error', async () => {
    const { storage } = await open();
    const results = await storage.directory((_trx, tx) =>
      tx.pipeline([
        { sql: 'select $1::int as n', parameters: [1] },
        { sql: 'select 2 as n', parameters: [] },
      ]),
    );
    expect(results.map(({ rows }) => rows)).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    const failing = storage.directory((_trx, tx) =>
      tx.pipeline([insert('a'), { sql: 'select 1/$1::int', parameters: [0] }, insert('b')]),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(await names(storage)).toEqual([]);
  });

  test('the last statements travel with the commit, and nothing comes after it', async () => {
    const { storage } = await open();
    const late = storage.directory(async (trx, tx) => {
      await tx.commit([insert('a'), insert('b')]);
      await trx.selectFrom('tenant').selectAll().execute();
    });
    await expect(late).rejects.toMatchObject({ code: 'transaction_over' });
    expect(await names(storage)).toEqual(['a', 'b']);
    await expect(storage.directory((_trx, tx) => tx.commit([insert('c'), insert('a')]))).rejects.toThrow(
      'duplicate key',
    );
    expect(await names(storage)).toEqual(['a', 'b']);
  });

  test('a handle that outlives its transaction reaches nobody else’s', async () => {
    const { storage } = await open();
    const leaked = await storage.directory(async (trx) => ({ trx }));
    const late = leaked.trx.insertInto('tenant').values({ id: 'x', name: 'x' }).execute();
    await expect(late).rejects.toMatchObject({ code: 'transaction_over' });
  });

  test('work asked for while a transaction is open waits or goes beside it, and sees none of it', async () => {
    const { storage } = await open();
    const { promise: letGo, resolve } = Promise.withResolvers<void>();
    const { promise: written, resolve: hasWritten } = Promise.withResolvers<void>();
    const slow = storage.directory(async (_trx, tx) => {
      await tx.pipeline([insert('slow')]);
      hasWritten();
      await letGo;
      throw new Error('undone');
    });
    await written;
    const beside = storage.directory((_trx, tx) => tx.pipeline([insert('beside')]));
    if (kind === 'postgresql') await beside;
    resolve();
    await expect(slow).rejects.toThrow('undone');
    await beside;
    expect(await names(storage)).toEqual(['beside']);
  });

  test('many at once are each whole', async () => {
    const { storage } = await open();
    const work = Array.from({ length: 60 }, (_, i) =>
      storage.directory(async (_trx, tx) => {
        await tx.pipeline([insert(`first ${i}`)]);
        await tx.pipeline([insert(`second ${i}`)]);
        if (i % 3 === 0) throw new Error('undone');
      }),
    );
    const settled = await Promise.allSettled(work);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(await names(storage)).toHaveLength(80);
  });

  test('statements of the owner are whole too: a block that fails leaves nothing behind', async () => {
    const { storage } = await open();
    const block = "begin; insert into tenant (id, name) values ('a', 'a'); select 1/0; commit";
    await expect(storage.executeSql(block)).rejects.toThrow('division by zero');
    await storage.executeSql("insert into tenant (id, name) values ('b', 'b')");
    expect((await storage.executeSql('select 1 as n; select 2 as n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await names(storage)).toEqual(['b']);
  });
});
