import { expect, test } from 'vitest';
import { seededRandom } from '../../sandbox/people/lead-generator.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import { assignTo, IDS_AS_NAMES, leadOf, NOW, pool, repAt, worldOf } from '../support/routing-world.ts';

const deskOf = (floor: number, members: unknown[] = ['ann', 'bob', 'cy', 'dee']) =>
  assignTo(pool(members, { method: 'best_performer', floor }));
const team = () => [
  repAt('ann', { results: { won: 20, decided: 100 } }),
  repAt('bob', { results: { won: 40, decided: 100 } }),
  repAt('cy', { results: { won: 2, decided: 2 } }),
  repAt('dee'),
];
const owedBy = (compiled: ReturnType<typeof deskOf>, reps = team()) =>
  decide(leadOf('l'), compiled, worldOf(reps).state, NOW).posting!.owed;

test('the floor is shared by weight, the rest goes to who wins most of what was decided', () => {
  expect(owedBy(deskOf(60))).toEqual({ ann: 150_000, bob: 550_000, cy: 150_000, dee: 150_000 });
  expect(owedBy(deskOf(100))).toEqual({ ann: 250_000, bob: 250_000, cy: 250_000, dee: 250_000 });
  const weighted = deskOf(50, [{ rep: 'ann', weight: 3 }, 'bob']);
  expect(owedBy(weighted)).toEqual({ ann: 375_000, bob: 625_000 });
});

test('two lucky leads make nobody the best, many good ones do; who is level shares the rest by weight', () => {
  const lucky = team().map((rep) => (rep.id === 'cy' ? { ...rep, results: { won: 45, decided: 100 } } : rep));
  expect(owedBy(deskOf(60), lucky)).toMatchObject({ bob: 150_000, cy: 550_000 });
  const unknown = ['ann', 'bob', 'cy', 'dee'].map((id) => repAt(id));
  expect(owedBy(deskOf(60), unknown)).toEqual({ ann: 250_000, bob: 250_000, cy: 250_000, dee: 250_000 });
});

test('the best who is away leaves the rest to the next best', () => {
  const without = team().map((rep) => (rep.id === 'bob' ? { ...rep, paused: true } : rep));
  expect(owedBy(deskOf(40), without)).toMatchObject({
    ann: expect.closeTo(133_333, -1),
    cy: expect.closeTo(733_333, -1),
  });
});

test('everybody gets what is guaranteed, to within a lead, and the best performer the rest', () => {
  const world = worldOf(team());
  const compiled = deskOf(60);
  const got: Record<string, number> = {};
  for (let lead = 1; lead <= 2000; lead++) {
    const { outcome, posting } = decide(leadOf(`l${lead}`), compiled, world.state, NOW + lead);
    world.post(posting, NOW + lead);
    if (outcome.kind === 'assigned') got[outcome.rep] = (got[outcome.rep] ?? 0) + 1;
    for (const rep of ['ann', 'cy', 'dee']) expect(Math.abs((got[rep] ?? 0) - lead * 0.15)).toBeLessThan(1);
  }
  expect(got).toEqual({ ann: 300, bob: 1100, cy: 300, dee: 300 });
});

test('what was reckoned with is in the decision, told, and replayed', () => {
  const compiled = deskOf(60);
  const decided = decide(leadOf('l'), compiled, worldOf(team()).state, NOW);
  const [ann, bob, cy, dee] = decided.steps[0]!.candidates;
  // The pool wins 62 of 202; everybody is credited with twenty leads at that rate.
  expect([ann, bob, cy, dee].map((one) => 'index' in one! && one.index)).toEqual([
    217821, 384488, 369936, 306930,
  ]);
  const reader = { timezone: 'UTC', language: 'en' };
  const { candidates } = renderDecision(decided, { names: IDS_AS_NAMES, reader, decidedAt: NOW });
  expect(candidates.find(({ rep }) => rep === 'ann')?.detail).toContain('reckoned to win 22 %');
  const stored = JSON.parse(JSON.stringify(decided.inputs));
  expect(canonicalJson(replay(stored, {}, compiled, decided.engine))).toBe(canonicalJson(decided));
});

test('a floor and results that make no sense are refused by name', () => {
  const problemsOf = (more: object) => {
    const parsed = parsePolicy({
      fairlead: 1,
      name: 'Test',
      pools: [pool(['ann'], more as Record<string, unknown>)],
    });
    return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
  };
  expect(problemsOf({ method: 'best_performer' })).toEqual([
    '/pools/0/floor is missing; write how many percent are shared by weight whatever the results, such as 60',
  ]);
  expect(problemsOf({ floor: 60 })).toEqual([
    '/pools/0/floor only best_performer takes a floor; this method is round_robin',
  ]);
  expect(problemsOf({ method: 'best_performer', floor: 60, catchUp: { mode: 'full' } })[0]).toMatch(
    /^\/pools\/0\/catchUp /,
  );
  expect(parseReps([{ id: 'ann', results: { won: 3, decided: 2 } }])).toMatchObject({
    ok: false,
    problems: [{ field: '/0/results' }],
  });
});

test('while people come and go and results come in: nobody falls a lead below what is guaranteed, and more is won', () => {
  const rates = [0.1, 0.15, 0.2, 0.25, 0.4];
  const ids = rates.map((_, i) => `rep${i}`);
  const compiled = deskOf(50, ids);
  const world = worldOf(ids.map((id) => repAt(id)));
  const random = seededRandom(7);
  const results = ids.map(() => ({ won: 0, decided: 0 }));
  const guaranteed = ids.map(() => 0);
  let equally = 0;
  for (let lead = 0; lead < 5000; lead++) {
    const free = ids.map(() => random() < 0.7);
    ids.forEach((id, i) => {
      world.reps.set(id, repAt(id, { results: { ...results[i]! }, paused: !free[i] }));
    });
    const { outcome, posting } = decide(leadOf(`l${lead}`), compiled, world.state, NOW + lead);
    if (posting === null || outcome.kind !== 'assigned') continue;
    world.post(posting, NOW + lead);
    const taker = ids.indexOf(outcome.rep);
    results[taker]!.decided++;
    if (random() < rates[taker]!) results[taker]!.won++;
    const among = free.filter(Boolean).length;
    free.forEach((isFree, i) => {
      if (!isFree) return;
      guaranteed[i]! += 0.5 / among;
      equally += rates[i]! / among;
    });
    ids.forEach((id, i) => {
      expect(guaranteed[i]! - results[i]!.decided).toBeLessThan(1);
      expect(Math.abs(world.balance('desk', id).lag)).toBeLessThan(1_400_000);
    });
  }
  expect(results.reduce((sum, { won }) => sum + won, 0)).toBeGreaterThan(1.2 * equally);
});
