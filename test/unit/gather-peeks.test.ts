import { expect, test } from 'vitest';
import type { Found, Wanted } from '../../server/assignments/lane-store.ts';
import { gatherPeeks } from '../../server/storage/lane-store/gather-peeks.ts';

const NOTHING: Found = { replies: [], leads: [], waiting: [], adjusted: [] };
const byAssignment = (id: string): Wanted => ({ requests: [], records: [], assignments: [id] });

test('looks of one moment, and those that come while one is under way, are one; tenants stay apart', async () => {
  const asked: [string, readonly string[]][] = [];
  const gates: PromiseWithResolvers<Found>[] = [];
  const peek = gatherPeeks((tenantId, { assignments }) => {
    asked.push([tenantId, assignments]);
    const gate = Promise.withResolvers<Found>();
    gates.push(gate);
    return gate.promise;
  });
  const first = ['a', 'b'].map((id) => peek('one', byAssignment(id)));
  const other = peek('two', byAssignment('c'));
  await new Promise((resolve) => setImmediate(resolve));
  const later = ['d', 'e'].map((id) => peek('one', byAssignment(id)));
  expect(asked).toEqual([
    ['one', ['a', 'b']],
    ['two', ['c']],
  ]);
  gates[0]?.resolve(NOTHING);
  gates[1]?.resolve(NOTHING);
  expect(await Promise.all([...first, other])).toEqual([NOTHING, NOTHING, NOTHING]);
  gates[2]?.reject(new Error('away'));
  expect((await Promise.allSettled(later)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked[2]).toEqual(['one', ['d', 'e']]);
});

test('a look for several is not held up', async () => {
  const asked: Wanted[] = [];
  const peek = gatherPeeks(async (_tenant, wanted) => {
    asked.push(wanted);
    return NOTHING;
  });
  const wanted = { requests: [], records: [], assignments: ['a', 'b'] };
  await Promise.all([peek('one', wanted), peek('one', { ...wanted, assignments: ['c'], leads: ['l'] })]);
  expect(asked).toHaveLength(2);
});
