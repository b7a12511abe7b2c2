import { afterAll, beforeAll, expect, test } from 'vitest';
import { init } from 'z3-solver';
import { makeFields, policyOf, randomCondition } from '../../bench/check/random-policy.ts';
import { makeRandom } from '../../bench/rules/random.ts';
import { check } from '../../server/routing/check/check.ts';
import type { Policy } from '../../server/routing/policy/schema.ts';
import { checkInput } from '../support/check-input.ts';
import { smtPolicy } from '../support/smt-policy.ts';

/** Policies compared; `CHECK_POLICIES=1000` compares a thousand. */
const POLICIES = Number(process.env.CHECK_POLICIES ?? 60);

type Z3 = Awaited<ReturnType<typeof init>>;
let z3: Z3;
const open = ({ Context }: Z3) => Context('main');
let context: ReturnType<typeof open>;
/** Solvers are kept: one that is collected is taken apart in this thread while another's works, and memory breaks. */
const kept: unknown[] = [];
beforeAll(async () => {
  z3 = await init();
  context = open(z3);
});
// The solver's threads would keep the process.
afterAll(() => z3.em.PThread.terminateAllThreads());

/** Milliseconds for one question; texts can keep the solver busy for ever. */
const PATIENCE = 500;

/** Whether a lead answers each question; null: the solver gave one up. */
const ask = async (policy: Policy, questions: readonly string[]): Promise<readonly boolean[] | null> => {
  const solver = new context.Solver();
  kept.push(solver);
  solver.set('timeout', PATIENCE);
  solver.fromString(smtPolicy(policy));
  const answers: boolean[] = [];
  for (const question of questions) {
    solver.push();
    solver.fromString(`(assert ${question})`);
    const said = await solver.check();
    solver.pop();
    if (said === 'unknown') return null;
    answers.push(said === 'sat');
  }
  return answers;
};

/** That no rule before number `i` matches, and `more` holds. */
const first = (i: number, more: readonly string[]): string =>
  `(and true ${Array.from({ length: i }, (_, k) => `(not r${k})`).join(' ')} ${more.join(' ')})`;

const pairs = (count: number) =>
  Array.from({ length: count }, (_, j) => Array.from({ length: j }, (_, i) => [i, j] as const)).flat();

/** What the solver says: rules that cannot match, rules that take nothing, whether a lead is left over, and overlaps. */
const provenBy = async (policy: Policy) => {
  const indexes = policy.rules.map((_, i) => i);
  const count = indexes.length;
  const answers = await ask(policy, [
    ...indexes.map((i) => `r${i}`),
    ...indexes.map((i) => first(i, [`r${i}`])),
    first(count, []),
    ...pairs(count).map(([i, j]) => first(i, [`r${i}`, `r${j}`])),
  ]);
  if (answers === null) return null;
  const dead = indexes.filter((i) => !answers[count + i]);
  return {
    contradiction: dead.filter((i) => !answers[i]),
    shadowed: dead.filter((i) => answers[i]),
    gap: answers[2 * count]!,
    overlap: pairs(count)
      .filter(([i, j], n) => answers[2 * count + 1 + n] && !dead.includes(i) && !dead.includes(j))
      .map(([i, j]) => `${i} before ${j}`),
  };
};

/** The same out of our findings. */
const provenByUs = (policy: Policy) => {
  const findings = check(checkInput(policy));
  const index = (id: string) => policy.rules.findIndex((rule) => rule.id === id);
  const about = (code: string) =>
    findings
      .filter((one) => one.code === code)
      .map(({ rules: [id] }) => index(id!))
      .sort((a, b) => a - b);
  expect(about('undetermined')).toEqual([]);
  return {
    contradiction: about('contradiction'),
    shadowed: about('shadowed'),
    gap: findings.some(({ code }) => code === 'gap'),
    overlap: findings
      .filter(({ code }) => code === 'overlap')
      .flatMap(({ rules: [later, ...earlier] }) => earlier.map((id) => [index(id), index(later!)] as const))
      .sort(([a, b], [c, d]) => b - d || a - c)
      .map(([i, j]) => `${i} before ${j}`),
  };
};

test(`${POLICIES} random policies: every proof agrees with Z3`, { timeout: 3_600_000 }, async () => {
  const seen = { contradiction: 0, shadowed: 0, gap: 0, overlap: 0 };
  let givenUp = 0;
  for (let seed = 1; seed <= POLICIES + givenUp; seed++) {
    const random = makeRandom(seed);
    const all = makeFields(10);
    const fields = Object.fromEntries(random.sample(Object.entries(all), 2 + random.below(3)));
    const conditions = Array.from({ length: 2 + random.below(4) }, () => randomCondition(fields, random, 2));
    const policy = policyOf(fields, conditions);
    const expected = await provenBy(policy);
    if (expected === null) {
      givenUp++;
      continue;
    }
    expect([seed, provenByUs(policy)]).toEqual([seed, expected]);
    seen.contradiction += expected.contradiction.length;
    seen.shadowed += expected.shadowed.length;
    seen.gap += Number(expected.gap);
    seen.overlap += expected.overlap.length;
  }
  console.log('Agreed with Z3 about', seen, `in ${POLICIES} policies; it gave ${givenUp} more up.`);
  expect(givenUp).toBeLessThan(POLICIES / 4);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(POLICIES / 20);
});
