import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClock } from '../../server/routing/conditions/moment.ts';
import { territoryLookup } from '../../server/routing/derive/territory-lookup.ts';
import { territoryOverlaps } from '../../server/routing/derive/territory-overlaps.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import type { Area, Territory } from '../../server/routing/policy/territories.ts';

// Few values of each kind, so that areas lie within each other, meet, and miss.
const countries = ['US', 'CA'];
const regions = ['CA', 'ca', 'NY'];
const cities = ['York', 'Paris'];
const codes = ['9', '94', '941', '94105', 'SW1A 1', 'sw1a1'];
const dates = ['2026-03-28', '2026-03-29', '2026-03-30'];

const some = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const areas: fc.Arbitrary<Area> = fc
  .record(
    {
      country: some(countries),
      region: some(regions),
      city: some(cities),
      postal: some(codes.flatMap((code) => [code, `${code}*`])),
    },
    { requiredKeys: [] },
  )
  .filter((area) => Object.keys(area).length > 0);

const territory = fc
  .record(
    {
      match: fc.array(areas, { minLength: 1, maxLength: 3 }),
      from: fc.constantFrom(...dates),
      until: fc.constantFrom(...dates),
    },
    { requiredKeys: ['match'] },
  )
  .filter(({ from = '', until = '9' }) => from <= until);

const territories: fc.Arbitrary<readonly Territory[]> = fc
  .array(territory, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((one, i) => ({ id: `t${i}`, name: `T${i}`, ...one })))
  .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));

const leads: fc.Arbitrary<LeadValues> = fc.record(
  {
    country: fc.constantFrom(...countries),
    region: fc.constantFrom(...regions, 'Elsewhere'),
    city: fc.constantFrom(...cities, 'YORK'),
    postal: fc.constantFrom('9', '94', '94105', '941050', '941', 'SW1A 1AA', 'sw1a1aa', '10001'),
  },
  { requiredKeys: [] },
);

const timezone = 'Europe/London';
const moments = fc
  .constantFrom(...[-90_000_000, -1, 0, 3_600_000, 90_000_000])
  .map((ms) => ({ now: 1_774_746_000_000 + ms, timezone }));

const plain = (text: unknown) => String(text).toLowerCase();
const bare = (text: unknown) => plain(text).replaceAll(' ', '');

const matches = (area: Area, lead: LeadValues): readonly string[] | null => {
  for (const field of ['country', 'region', 'city'] as const)
    if (area[field] && !(field in lead && area[field].some((value) => plain(value) === plain(lead[field]))))
      return null;
  if (!area.postal) return [''];
  if (!('postal' in lead)) return null;
  const code = bare(lead.postal);
  const found = area.postal.filter((pattern) =>
    pattern.endsWith('*') ? code.startsWith(bare(pattern.slice(0, -1))) : code === bare(pattern),
  );
  return found.length === 0 ? null : found;
};

/** As the documentation says it: how specific, in the order of what counts. */
const specificity = (area: Area, pattern: string): readonly number[] => [
  bare(pattern.replace('*', '')).length,
  pattern !== '' && !pattern.endsWith('*') ? 1 : 0,
  area.city ? 1 : 0,
  area.region ? 1 : 0,
  area.country ? 1 : 0,
];

const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((one, i) => one !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
};

/** Every area of every territory, one by one. */
const naive = (all: readonly Territory[], lead: LeadValues, date: string) => {
  let best: { id: string; rank: readonly number[]; tied: Set<string> } | null = null;
  for (const { id, match, from, until } of all) {
    if ((from && date < from) || (until && date > until)) continue;
    for (const area of match)
      for (const pattern of matches(area, lead) ?? []) {
        const rank = specificity(area, pattern);
        const order = best === null ? 1 : compare(rank, best.rank);
        if (order > 0) best = { id, rank, tied: new Set([id]) };
        else if (order === 0) {
          best!.tied.add(id);
          if (id < best!.id) best!.id = id;
        }
      }
  }
  return best;
};

test('the territory found is the most specific of those that trying all areas finds, and of equals the first by id', () => {
  let found = 0;
  let ties = 0;
  fc.assert(
    fc.property(
      territories,
      fc.array(fc.tuple(leads, moments), { minLength: 1, maxLength: 10 }),
      (all, visits) => {
        const look = territoryLookup(all);
        for (const [lead, moment] of visits) {
          const expected = naive(all, lead, wallClock(moment).date);
          expect(look(lead, moment)).toBe(expected?.id ?? null);
          if (expected !== null) found++;
          if ((expected?.tied.size ?? 0) > 1) ties++;
        }
      },
    ),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(2000);
  expect(ties).toBeGreaterThan(40);
});

test('whenever two territories tie for a lead, their overlap is told, and each overlap has a lead that both would have', () => {
  fc.assert(
    fc.property(territories, leads, moments, (all, lead, moment) => {
      const overlaps = territoryOverlaps(all);
      const pairs = new Set(overlaps.map(({ winner, loser }) => `${winner} ${loser}`));
      const best = naive(all, lead, wallClock(moment).date);
      const tied = [...(best?.tied ?? [])].sort();
      for (const [i, one] of tied.entries())
        for (const other of tied.slice(i + 1)) expect(pairs).toContain(`${one} ${other}`);
      for (const { winner, loser, witness, from } of overlaps) {
        const both = all.filter(({ id }) => id === winner || id === loser);
        const date = from ?? '2000-01-01';
        for (const one of both) expect(naive([one], witness, date)).not.toBeNull();
        expect(winner < loser).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
