import { expect, test } from 'vitest';
import { makeFields, policyOf, randomCondition } from '../../bench/check/random-policy.ts';
import { makeRandom, type Random } from '../../bench/rules/random.ts';
import { check, type Finding } from '../../server/routing/check/check.ts';
import { idleState } from '../../server/routing/check/idle-state.ts';
import { evaluate } from '../../server/routing/conditions/evaluate.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import type { Decided } from '../../server/routing/decision.ts';
import { NO_HISTORY } from '../../server/routing/lead.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { readValues } from '../../server/routing/policy/read-values.ts';
import type { Policy, Pool } from '../../server/routing/policy/schema.ts';
import { CHECKED_AT, checkInput } from '../support/check-input.ts';

const HOURS = [undefined, { 'mon-fri': '09:00-17:00' }, { 'mon-wed': '22:00-06:00' }, { sat: '10:00-12:00' }];
const COLOURS = ['red', 'green', 'blue', 'black', 'violet'];

const randomReps = (random: Random) => {
  const parsed = parseReps(
    Array.from({ length: 5 }, (_, i) => ({
      id: `rep${i}`,
      timezone: random.pick(['Europe/London', 'America/New_York']),
      ...(random.unit() < 0.8 && { hours: random.pick(HOURS) }),
      ...(random.unit() < 0.3 && { capacity: { perDay: random.below(2) } }),
      ...(random.unit() < 0.3 && { timeOff: [{ from: '2026-11-30', to: '2026-12-20' }] }),
      skills: { colour: random.sample(COLOURS, 1 + random.below(2)) },
    })),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.reps;
};

const randomPool = (id: string, random: Random): Pool => ({
  id,
  name: id,
  members: random
    .sample([0, 1, 2, 3, 4], 1 + random.below(3))
    .map((i) => ({ kind: 'rep', rep: `rep${i}`, weight: 1 })),
  method: 'round_robin',
  availability: random.pick([
    { kind: 'now' },
    { kind: 'now' },
    { kind: 'ignore' },
    { kind: 'within', milliseconds: 7_200_000 },
  ] as const),
  catchUp: { mode: 'none' },
  requires:
    random.unit() < 0.5
      ? []
      : [
          {
            skill: 'colour',
            op: 'contains',
            field: 'choice0',
            whenMissing: random.unit() < 0.3 ? 'red' : null,
          },
        ],
});

const randomPolicy = (random: Random): Policy => {
  const all = makeFields(10);
  const fields = {
    choice0: all.choice0!,
    ...Object.fromEntries(random.sample(Object.entries(all), 2 + random.below(4))),
  };
  const plain = policyOf(
    fields,
    Array.from({ length: 2 + random.below(6) }, () => randomCondition(fields, random, 2)),
  );
  return {
    ...plain,
    intake: {
      ...plain.intake,
      when: random.unit() < 0.3 ? randomCondition(fields, random, 1) : null,
    },
    pools: ['one', 'two', 'three'].map((id) => randomPool(id, random)),
    rules: plain.rules.map((rule) => ({
      ...rule,
      steps: random
        .sample(['one', 'two', 'three'], 1 + random.below(2))
        .map((pool) => ({ kind: 'pool', pool, give: { mode: 'assign' } })),
    })),
    fallback: random.unit() < 0.5 ? [] : [{ kind: 'pool', pool: 'three', give: { mode: 'assign' } }],
  };
};

/** Whether the decision about a finding's witness is what the finding says. */
const confirms = (finding: Finding, decided: Decided, isTrue: (rule: string) => boolean): boolean => {
  const { code, rules, pool, rep } = finding;
  const step = decided.steps.find((one) => one.pool === pool);
  switch (code) {
    case 'shadowed':
      return (
        isTrue(rules[0]!) &&
        (rules.length === 1 ? decided.outcome.kind === 'not_routed' : rules.slice(1).includes(decided.rule!))
      );
    case 'overlap':
      return isTrue(rules[0]!) && isTrue(rules[1]!) && decided.rule === rules[1];
    case 'gap':
      return decided.rule === null && decided.outcome.kind !== 'not_routed';
    case 'unservable':
      return step?.because === 'nobody_eligible' && decided.rule === (rules[0] ?? null);
    case 'unreachable_member':
      return step!.candidates.some((one) => one.rep === rep && one.code === 'missing_skill');
    default:
      return false;
  }
};

test('the real decision about every witness says what its finding says', { timeout: 120_000 }, () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 250; seed++) {
    const random = makeRandom(seed);
    const policy = randomPolicy(random);
    const input = checkInput(policy, { reps: randomReps(random) });
    const state = idleState(input);
    for (const finding of check(input)) {
      const { witness, at, code } = finding;
      expect([seed, code, witness === null]).toEqual([seed, code, at === null]);
      if (witness === null) continue;
      const { values, problems } = readValues(policy.fields, witness, 'json');
      expect([seed, problems]).toEqual([seed, []]);
      const now = Date.parse(at!);
      expect(now).toBeGreaterThanOrEqual(CHECKED_AT);
      const lead = { id: 'lead', values, digest: 'sha256:', history: NO_HISTORY, owner: null };
      const decided = decide(lead, input.compiled, state(now), now);
      const isTrue = (id: string) => {
        const { when } = policy.rules.find((rule) => rule.id === id)!;
        return evaluate(when, values, { now, timezone: policy.timezone }) === true;
      };
      expect([seed, finding, confirms(finding, decided, isTrue)]).toEqual([seed, finding, true]);
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
  }
  expect(Math.min(...seen.values())).toBeGreaterThan(20);
  expect(seen.size).toBe(5);
});
