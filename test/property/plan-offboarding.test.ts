import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignAll, type Batch } from '../../server/routing/batch/assign-all.ts';
import type { OpenLead } from '../../server/routing/batch/open-lead.ts';
import { planOffboarding } from '../../server/routing/batch/plan-offboarding.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import { assignTo, away, HOUR, leadOf, NOW, pool, repAt, worldOf } from '../support/routing-world.ts';

const rising = (most: number) =>
  fc.array(fc.integer({ min: -5, max: 9 }), { maxLength: most }).map((steps) => steps.sort((a, b) => a - b));

/** At most seven items, three groups in two bins. */
const batchArb: fc.Arbitrary<Batch> = fc.integer({ min: 1, max: 7 }).chain((items) =>
  fc.record({
    items: fc.constant(items),
    choices: fc.uniqueArray(
      fc.record({
        item: fc.integer({ min: 0, max: items - 1 }),
        group: fc.integer({ min: 0, max: 2 }),
        cost: fc.integer({ min: -3, max: 12 }),
      }),
      { maxLength: 14, selector: ({ item, group }) => `${item}/${group}` },
    ),
    groups: fc.tuple(...[0, 1, 1].map((bin) => rising(7).map((steps) => ({ bin, steps })))),
    bins: fc.tuple(...[0, 1].map(() => rising(7).map((steps) => ({ steps })))),
  }),
);

/** How many of a plan go somewhere, and what it costs; null: it is none. */
const worthOf = (batch: Batch, taken: readonly (number | null)[]): readonly [number, number] | null => {
  const groups = batch.groups.map(() => 0);
  const bins = batch.bins.map(() => 0);
  let cost = 0;
  let placed = 0;
  for (const at of taken) {
    if (at === null) continue;
    const choice = batch.choices[at]!;
    const { bin, steps } = batch.groups[choice.group]!;
    const group = steps[groups[choice.group]!++];
    const more = batch.bins[bin]!.steps[bins[bin]!++];
    if (group === undefined || more === undefined) return null;
    cost += choice.cost + group + more;
    placed++;
  }
  return [placed, cost];
};

/** Every plan there is. */
function* plans(batch: Batch, item = 0): Generator<(number | null)[]> {
  if (item === batch.items) return void (yield []);
  const options = [null, ...batch.choices.flatMap((choice, i) => (choice.item === item ? [i] : []))];
  for (const rest of plans(batch, item + 1)) for (const option of options) yield [option, ...rest];
}

describe('leads given away together', () => {
  test('go at the least cost there is, as many as can', () => {
    fc.assert(
      fc.property(batchArb, (batch) => {
        const found = worthOf(batch, assignAll(batch));
        let best: readonly [number, number] = [0, 0];
        for (const plan of plans(batch)) {
          const value = worthOf(batch, plan);
          if (value !== null && (value[0] > best[0] || (value[0] === best[0] && value[1] < best[1])))
            best = value;
        }
        expect(found).toEqual(best);
      }),
      { numRuns: 400 },
    );
  });

  test('the order in which they are named does not matter', () => {
    const world = worldOf([repAt('sam'), repAt('max'), repAt('jo', { availability: away(NOW + 5 * HOUR) })]);
    const compiled = assignTo(pool(['dana', 'sam', 'max', 'jo']));
    const leads = Array.from({ length: 9 }, (_, i): OpenLead => open(`a${i}`, i < 4 ? 'acme.com' : null));
    const plan = (given: readonly OpenLead[]) =>
      planOffboarding({ ...leaving(world, compiled), leads: given });
    fc.assert(
      fc.property(fc.shuffledSubarray(leads, { minLength: 9 }), (shuffled) => {
        expect(plan(shuffled)).toEqual(plan(leads));
      }),
      { numRuns: 30 },
    );
  });
});

const open = (id: string, account: string | null = null, desk: string | null = 'desk'): OpenLead => ({
  id,
  lead: leadOf(`lead-${id}`),
  pool: desk,
  account,
});

const leaving = (world: ReturnType<typeof worldOf>, compiled: ReturnType<typeof assignTo>) => ({
  rep: 'dana',
  leads: [],
  accounts: new Map<string, readonly string[]>(),
  compiled,
  state: world.state,
  now: NOW,
});

describe('a rep who leaves', () => {
  const members = assignTo(pool(['dana', 'sam', 'max']));
  const goingTo = (world: ReturnType<typeof worldOf>, leads: readonly OpenLead[], more = {}) =>
    planOffboarding({ ...leaving(world, members), leads, ...more }).map(({ to, because }) => [to, because]);

  test('is followed by those who are owed most and have least to do', () => {
    const busy = { load: { ...repAt('x').load, open: 20 } };
    const world = worldOf([repAt('dana'), repAt('sam', busy), repAt('max')]);
    expect(goingTo(world, [open('a')])).toEqual([['max', 'best']]);
    const owed = worldOf([repAt('dana'), repAt('sam'), repAt('max')]);
    owed.post({ pool: 'desk', owed: { sam: LEAD }, charged: {}, banked: {}, released: {}, previousAt: null });
    expect(
      goingTo(owed, [open('a'), open('b'), open('c')])
        .map(([to]) => to)
        .sort(),
    ).toEqual(['max', 'sam', 'sam']);
  });

  test('leads of one account stay together, and with whom they are known', () => {
    const world = worldOf([repAt('dana'), repAt('sam'), repAt('max')]);
    const together = goingTo(world, [
      open('a', 'acme.com'),
      open('b'),
      open('c', 'acme.com'),
      open('d', 'acme.com'),
    ]);
    expect(new Set([together[0], together[2], together[3]].map((one) => one![0])).size).toBe(1);
    expect(together[0]![1]).toBe('account_kept');
    const accounts = new Map([['acme.com', ['max']]]);
    expect(goingTo(world, [open('a', 'acme.com')], { accounts })).toEqual([['max', 'account_known']]);
  });

  test('nobody gets more than they have room for, and what nobody can take the policy decides', () => {
    const world = worldOf([
      repAt('dana'),
      repAt('sam', { capacity: { open: 1 } }),
      repAt('max', { active: false }),
    ]);
    expect(goingTo(world, [open('a', 'acme.com'), open('b', 'acme.com'), open('c', null, null)])).toEqual([
      ['sam', 'best'],
      [null, 'nobody'],
      [null, 'no_pool'],
    ]);
  });

  test('five hundred leads among fifty colleagues are planned in a moment', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `r${i}`);
    const world = worldOf(ids.map((id) => repAt(id)));
    const leads = Array.from({ length: 500 }, (_, i) => open(`a${String(i).padStart(3, '0')}`));
    const began = performance.now();
    const moves = planOffboarding({ ...leaving(world, assignTo(pool(['dana', ...ids]))), leads });
    expect(performance.now() - began).toBeLessThan(20_000);
    const counts = ids.map((id) => moves.filter(({ to }) => to === id).length);
    expect(counts).toEqual(ids.map(() => 10));
  });
});
