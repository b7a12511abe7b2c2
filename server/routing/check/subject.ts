import type { HolidayDates } from '../availability/shifts.ts';
import type { Condition } from '../conditions/condition.ts';
import { evaluate } from '../conditions/evaluate.ts';
import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import type { Rep } from '../policy/schema.ts';
import { type Situation, situationIn } from './situation.ts';
import { type Formula, formulaOf } from './space/formula.ts';
import { makeSpace, type Space } from './space/make-space.ts';
import type { Budget, Solution } from './space/solve.ts';
import { NOT_TRUE, TRUE } from './space/truths.ts';

/** What is checked, and with what. */
export interface CheckInput {
  readonly compiled: CompiledPolicy;
  /** The reps there are: those who are not in it are inactive. */
  readonly reps: readonly Rep[];
  readonly holidays: HolidayDates;
  /** Epoch milliseconds: witnesses arrive in the week that follows. */
  readonly now: number;
  /** Version of the zone data (`process.versions.tz`). */
  readonly zones: string;
  /** Leads a month; absent: how many the caps can take is not looked at. */
  readonly volume?: number;
}

/** A policy made ready for questions. */
export interface Subject extends CheckInput {
  readonly space: Space;
  readonly budget: Budget;
  /** That a condition is true; the condition is one the space was made from. */
  readonly isTrue: (condition: Condition) => Formula;
  readonly isNotTrue: (condition: Condition) => Formula;
  /** Leads out of a solution: as little as must be known of one, then as much as may be. */
  readonly leadsIn: (regions: Solution) => Generator<Situation>;
  /** What the condition really says of a lead. */
  readonly matches: (condition: Condition, situation: Situation) => boolean;
}

/** `also`: conditions that are asked about besides the policy's own. */
export const makeSubject = (input: CheckInput, also: readonly Condition[], budget: Budget): Subject => {
  const { policy } = input.compiled;
  const intake = policy.intake.when === null ? [] : [policy.intake.when];
  const space = makeSpace([...policy.rules.map(({ when }) => when), ...intake, ...also], policy.fields);
  const kept = { [TRUE]: new Map<Condition, Formula>(), [NOT_TRUE]: new Map<Condition, Formula>() };
  const formula = (condition: Condition, truths: typeof TRUE | typeof NOT_TRUE): Formula => {
    const known = kept[truths]!.get(condition) ?? formulaOf(space, condition, truths);
    kept[truths]!.set(condition, known);
    return known;
  };
  const { timezone } = policy;
  return {
    ...input,
    space,
    budget,
    isTrue: (condition) => formula(condition, TRUE),
    isNotTrue: (condition) => formula(condition, NOT_TRUE),
    leadsIn: function* (regions) {
      for (const prefer of ['missing', 'present'] as const) {
        const situation = situationIn(space, regions, prefer, { now: input.now, timezone });
        if (situation !== null) yield situation;
      }
    },
    matches: (condition, { values, at }) =>
      evaluate(condition, input.compiled.derive(values, at).values, { now: at, timezone }) === true,
  };
};
