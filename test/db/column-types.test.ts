import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const value = (storage: Storage, expression: string, parameters: readonly unknown[] = []): Promise<unknown> =>
  storage.directory(async (_trx, tx) => {
    const [result] = await tx.pipeline([{ sql: `select ${expression} as value`, parameters }]);
    return result?.rows[0]?.value;
  });

eachDatabase('column types', (open) => {
  test('come back the same from both', async () => {
    const { storage } = await open();
    const at = new Date('2026-11-24T15:00:00.123Z');
    expect(await value(storage, '9007199254740991::bigint')).toBe(9007199254740991);
    expect(await value(storage, 'count(*)')).toBe(1);
    expect(await value(storage, '(select sum(x) from (values (1::bigint), (2)) as t(x))')).toBe(3);
    expect(await value(storage, '2::int')).toBe(2);
    expect(await value(storage, '0.5::float8')).toBe(0.5);
    expect(await value(storage, 'true')).toBe(true);
    expect(await value(storage, "'é'::text")).toBe('é');
    expect(await value(storage, "'2026-11-24'::date")).toBe('2026-11-24');
    expect(await value(storage, "'2026-11-24 15:00:00.123+00'::timestamptz")).toEqual(at);
    expect(await value(storage, `'{"a":[1,null]}'::jsonb`)).toEqual({ a: [1, null] });
    expect(await value(storage, "array['a','b']")).toEqual(['a', 'b']);
    expect(await value(storage, 'null::bigint')).toBeNull();
  });

  test('go in the same to both', async () => {
    const { storage } = await open();
    const at = new Date('2026-11-24T15:00:00.123Z');
    expect(await value(storage, '$1::timestamptz', [at])).toEqual(at);
    expect(await value(storage, '$1::jsonb', [JSON.stringify([{ a: 1 }])])).toEqual([{ a: 1 }]);
    expect(await value(storage, '$1::bigint', [9007199254740991])).toBe(9007199254740991);
    expect(await value(storage, '$1::text[]', [['a', 'b,"c']])).toEqual(['a', 'b,"c']);
    expect(await value(storage, '$1::text', [null])).toBeNull();
    expect(await value(storage, '$1::boolean', [false])).toBe(false);
  });

  test('a bigint that no number holds is an error, never another number', async () => {
    const { storage } = await open();
    await expect(value(storage, '9007199254740993::bigint')).rejects.toThrow('too large');
  });

  test('Kysely reads the same values', async () => {
    const { storage } = await open();
    const rows = await storage.directory(async (trx) => {
      const values = sql<{ n: number; j: unknown }>`select 3::bigint as n, '[1]'::jsonb as j`;
      return (await values.execute(trx)).rows;
    });
    expect(rows).toEqual([{ n: 3, j: [1] }]);
  });
});
