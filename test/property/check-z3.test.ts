import { afterAll, beforeAll, expect, test } from 'vitest';
import { init } from 'z3-solver';
import { makeFields, policyOf, randomCondition } from '../../bench/check/random-policy.ts';
import { makeRandom } from '../../bench/match/random.ts';
import { check } from '../../server/routing/check/check.ts';
import type { Policy } from '../../server/routing/policy/schema.ts';
import { checkInput } from '../support/check-input.ts';
import { smtPolicy } from '../support/smt-policy.ts';

/** Policies compared; `CHECK_POLICIES=1000` compares a thousand. */
const POLICIES = Number(process.env.CHECK_POLICIES ?? 100);

type Solver = Awaited<ReturnType<typeof init>>;
let solver: Solver;
beforeAll(async () => {
  solver = await init();
});
// The solver's threads would keep the process.
afterAll(() => solver.em.PThread.terminateAllThreads());

/** Milliseconds for one question; texts can keep the solver busy for ever. */
const PATIENCE = 1500;

/** Whether a lead answers each question; null: the solver gave one up. */
const ask = async (policy: Policy, questions: readonly string[]): Promise<readonly boolean[] | null> => {
  const asked = questions.map((one) => `(push)(assert ${one})(check-sat)(pop)`);
  const { Z3 } = solver;
  const context = Z3.mk_context(Z3.mk_config());
  const script = [`(set-option :timeout ${PATIENCE})`, smtPolicy(policy), ...asked].join('\n');
  const answers = (await Z3.eval_smtlib2_string(context, script)).trim().split('\n');
  Z3.del_context(context);
  expect(answers.filter((one) => !['sat', 'unsat', 'unknown'].includes(one))).toEqual([]);
  expect(answers).toHaveLength(questions.length);
  return answers.includes('unknown') ? null : answers.map((one) => one === 'sat');
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

test(`${POLICIES} random policies: every proof agrees with Z3`, { timeout: 600_000 }, async () => {
  const seen = { contradiction: 0, shadowed: 0, gap: 0, overlap: 0 };
  let givenUp = 0;
  for (let seed = 1; seed <= POLICIES; seed++) {
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
  expect(givenUp).toBeLessThan(POLICIES / 20);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(POLICIES / 20);
});
