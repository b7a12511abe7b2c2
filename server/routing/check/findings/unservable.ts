import type { Condition } from '../../conditions/condition.ts';
import type { Decided } from '../../decision.ts';
import { decideSituation } from '../decide-situation.ts';
import type { Finding } from '../finding.ts';
import { idleState } from '../idle-state.ts';
import { usesOf } from '../pool-uses.ts';
import { NO_RULE, reach } from '../reach.ts';
import type { Situation } from '../situation.ts';
import type { Subject } from '../subject.ts';
import { weekText } from '../week.ts';
import { witnessOf } from '../witness.ts';
import { andMore, named } from '../words.ts';
import type { PoolHours } from './pool-hours.ts';

interface Shown {
  readonly rule: number;
  readonly situation: Situation;
  readonly decided: Decided;
}

const WHOLE_WEEK = 7 * 1440;

/** Pools to which leads come while none of their members works: by the hours of the week, and on days all are off. */
export const findUnservable = (subject: Subject, hours: readonly PoolHours[]): readonly Finding[] =>
  hours.flatMap((one) => [...closedHours(subject, one), ...closedDays(subject, one)]);

const closedHours = (subject: Subject, { pool, closed, whenClosed, reps }: PoolHours): readonly Finding[] => {
  if (closed.length === 0) return [];
  const shown = comesTo(subject, pool.id, whenClosed, (situation) => situation);
  if (shown === null) return [];
  const never = closed[0]![1] - closed[0]![0] === WHOLE_WEEK;
  const who = reps.length === 0 ? 'it has no active member' : 'its members have no working hours';
  const what = never
    ? `Nobody can ever take a lead in ${named(pool)}: ${who}.`
    : `Nobody in ${named(pool)} works ${weekText(closed)} (${subject.compiled.policy.timezone}), and leads come then.`;
  return [finding(subject, pool.id, shown, never ? 'error' : null, what)];
};

const closedDays = (subject: Subject, { pool, daysOff }: PoolHours): readonly Finding[] => {
  const [first] = daysOff;
  if (first === undefined) return [];
  const shown = comesTo(subject, pool.id, first.when, ({ values }) => ({ values, at: first.at }));
  if (shown === null) return [];
  const dates = andMore(daysOff.map(({ date }) => date));
  const what = `Nobody in ${named(pool)} works on ${dates}: holidays and time off leave no one.`;
  return [finding(subject, pool.id, shown, null, what)];
};

/** A lead that comes to a pool and finds nobody: the real decision says so. */
const comesTo = (
  subject: Subject,
  pool: string,
  when: Condition,
  place: (situation: Situation) => Situation,
): Shown | null => {
  const state = idleState(subject);
  for (const rule of usesOf(subject.compiled.policy, pool)) {
    const reached = reach(subject, rule, [when]);
    if (reached.kind !== 'lead') continue;
    const situation = place(reached.situation);
    const decided = decideSituation(subject, state, situation);
    const nobody = decided.steps.some((step) => step.pool === pool && step.because === 'nobody_eligible');
    if (nobody) return { rule, situation, decided };
  }
  return null;
};

const finding = (
  { compiled: { policy } }: Subject,
  pool: string,
  { rule, situation, decided }: Shown,
  severity: 'error' | null,
  what: string,
): Finding => {
  const waits = decided.outcome.kind === 'waiting';
  const then = waits
    ? 'Such a lead waits until somebody does, if no other step takes it before.'
    : 'A later step takes such a lead.';
  return {
    severity: severity ?? (waits ? 'warning' : 'info'),
    code: 'unservable',
    rules: rule === NO_RULE ? [] : [policy.rules[rule]!.id],
    pool,
    message: `${what} ${then}`,
    ...witnessOf(policy.fields, situation),
  };
};
