import type { Decided } from '../../decision.ts';
import type { Rep } from '../../policy/schema.ts';
import type { Expected, PolicyTest } from '../../policy/tests.ts';
import { decideSituation } from '../decide-situation.ts';
import type { Finding } from '../finding.ts';
import { idleState } from '../idle-state.ts';
import type { CheckInput } from '../subject.ts';
import { witnessOf } from '../witness.ts';

/** The policy's own tests that do not come out as they say. Nobody is busy or owed anything when one is decided. */
export const findFailedTests = (input: CheckInput): readonly Finding[] => {
  const { policy } = input.compiled;
  const state = idleState(input);
  return (policy.tests ?? []).flatMap((test, i): readonly Finding[] => {
    const situation = { values: test.lead, at: test.at ?? input.now };
    const differences = differencesOf(test, decideSituation(input, state, situation), input.reps);
    if (differences.length === 0) return [];
    return [
      {
        severity: 'error',
        code: 'test_failed',
        rules: ruleOf(test.expect, policy.rules),
        message: `Test ${i + 1} fails: ${differences.join('; ')}.`,
        ...witnessOf(policy.fields, situation),
      },
    ];
  });
};

const ruleOf = ({ rule }: Expected, rules: readonly { readonly id: string }[]): readonly string[] =>
  rules.flatMap(({ id }) => (id === rule ? [id] : []));

/** What is otherwise than expected, in words. */
const differencesOf = (
  { expect }: PolicyTest,
  { rule, pool, outcome }: Decided,
  reps: readonly Rep[],
): readonly string[] => {
  const got: Readonly<Record<keyof Expected, string | null>> = {
    rule: outcome.kind === 'not_routed' ? null : (rule ?? 'fallback'),
    pool,
    rep: repOf(outcome),
    queue: outcome.kind === 'in_queue' ? outcome.queue : null,
    outcome: outcome.kind,
  };
  const wanted = { ...expect, rep: idOf(expect.rep, reps) };
  return (Object.keys(got) as (keyof Expected)[]).flatMap((key) =>
    wanted[key] === undefined || wanted[key] === got[key]
      ? []
      : [`${key} is ${got[key] ?? 'none'}, expected ${wanted[key]}`],
  );
};

const repOf = (outcome: Decided['outcome']): string | null => {
  if (outcome.kind === 'assigned') return outcome.rep;
  return outcome.kind === 'offered' && !outcome.broadcast ? (outcome.to[0] ?? null) : null;
};

const idOf = (written: string | undefined, reps: readonly Rep[]): string | undefined =>
  reps.find(({ id, email }) => id === written || email === written?.toLowerCase())?.id ?? written;
