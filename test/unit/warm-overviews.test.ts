import { expect, test } from 'vitest';
import type { Overview } from '../../server/assignments/queries.ts';
import { warmOverviews } from '../../server/compose/warm-overviews.ts';
import type { Tenants } from '../../server/storage/directory/tenants.ts';

const tenantsOf = (count: number) =>
  ({
    listStaying: async () => Array.from({ length: count }, (_, n) => ({ id: `t${n}`, name: `T${n}` })),
  }) as unknown as Tenants;

/** Answers later, and says how many are asked at once. */
const asking = (onAsk: (id: string) => void = () => undefined) => {
  const asked: string[] = [];
  let now = 0;
  let most = 0;
  const overview = async (id: string): Promise<Overview> => {
    asked.push(id);
    most = Math.max(most, ++now);
    await new Promise(setImmediate);
    now -= 1;
    onAsk(id);
    return {} as Overview;
  };
  return { asked, most: () => most, overview };
};

test('every workspace once, one after the other; of very many the youngest', async () => {
  const few = asking();
  await warmOverviews(tenantsOf(3), few, new AbortController().signal);
  expect([few.asked, few.most()]).toEqual([['t0', 't1', 't2'], 1]);
  const many = asking();
  await warmOverviews(tenantsOf(1_001), many, new AbortController().signal);
  expect([many.asked.length, many.asked[0]]).toEqual([1_000, 't1']);
});

test('ends with the workspace at hand when the service stops', async () => {
  const stop = new AbortController();
  const { asked, ...queries } = asking((id) => id === 't1' && stop.abort());
  await warmOverviews(tenantsOf(9), queries, stop.signal);
  expect(asked).toEqual(['t0', 't1']);
});
