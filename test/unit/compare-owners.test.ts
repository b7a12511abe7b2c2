import { describe, expect, test } from 'vitest';
import { look } from '../../server/rounds/watch-owners.ts';
import { compareOwners } from '../../server/routing/audit/compare-owners.ts';

const MIN = 60_000;

test('counts for each side, what agrees, and who waited', () => {
  const lead = (at: number, theirs: string | null, ours: string | null, after = 0) => ({
    at: at * MIN,
    theirs,
    ours,
    ownedAt: theirs === null ? null : at * MIN + after,
  });
  const compared = compareOwners(
    [
      lead(0, 'a', 'a'),
      lead(1, 'a', 'b', 5_000),
      lead(2, 'a', 'c', 90 * MIN),
      lead(3, null, 'a'),
      lead(4, 'x', null, 1_000),
    ],
    120 * MIN,
  );
  expect(compared).toMatchObject({ leads: 5, both: 3, agreed: 1, unowned: 1, longUnowned: 2 });
  expect(compared.takers).toEqual([
    { id: 'a', theirs: 3, ours: 2 },
    { id: 'b', theirs: 0, ours: 1 },
    { id: 'c', theirs: 0, ours: 1 },
    { id: 'x', theirs: 1, ours: 0 },
  ]);
  expect(compared.speed).toEqual({ median: 1_000, slowest: 90 * MIN });
  expect(compareOwners([], 0)).toMatchObject({ leads: 0, speed: null });
});

describe('looking at a record', () => {
  const begun = {
    leadId: 'l',
    record: { connectionId: 'c', objectType: 'contact', recordId: '1' },
    decidedAt: 0,
    ownerId: null,
    ownedAt: null,
    looks: 0,
  };
  const owned = (ownerId: string | null) => ({ ownerId, gone: null });
  test('the first owner counts from when it was seen, and settles once it stays', () => {
    const first = look(begun, owned('7'), 6_000);
    expect(first).toEqual({ leadId: 'l', ownerId: '7', ownedAt: 6_000, lookAt: 20_000 });
    const second = look({ ...begun, ...first }, owned('7'), 20_500);
    expect(second).toMatchObject({ ownedAt: 6_000, lookAt: 2 * MIN });
    expect(look({ ...begun, ...second }, owned('7'), 2 * MIN)).toMatchObject({
      ownedAt: 6_000,
      lookAt: null,
    });
  });
  test('a change of owner is followed, and the lead had somebody all the same', () => {
    const moved = look({ ...begun, ownerId: '7', ownedAt: 6_000 }, owned('8'), 3 * MIN);
    expect(moved).toEqual({ leadId: 'l', ownerId: '8', ownedAt: 6_000, lookAt: 10 * MIN });
  });
  test('nobody for a day is nobody; a record that is gone stays as it was', () => {
    expect(look(begun, owned(null), 25 * 60 * MIN)).toMatchObject({ ownerId: null, lookAt: null });
    const gone = { ownerId: null, gone: 'converted' as const };
    expect(look({ ...begun, ownerId: '7', ownedAt: 5 }, gone, MIN)).toMatchObject({
      ownerId: '7',
      ownedAt: 5,
      lookAt: null,
    });
  });
});
