import type { Condition } from '../conditions/condition.ts';
import { evaluate } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import type { LeadValues } from '../lead.ts';
import type { Literal } from './normal-form.ts';

const FALSE = 0;
const TRUE = 1;
const UNKNOWN = 2;

/** Tests that only evaluating can answer. A test that many rules share is evaluated once per lead. */
export interface Residuals {
  /** Forgets the last lead. */
  readonly begin: (values: LeadValues, moment: Moment) => void;
  readonly holds: (code: number) => boolean;
}

/** Numbers residual literals: equal tests share one number. */
export const residualsBuilder = () => {
  const tests: Condition[] = [];
  const known = new Map<string, number>();
  return {
    codeOf: ({ test, negated }: Literal): number => {
      const key = JSON.stringify(test);
      const at = known.get(key) ?? tests.push(test) - 1;
      known.set(key, at);
      return at * 2 + Number(negated);
    },
    finish: (): Residuals => makeResiduals(tests),
  };
};

const makeResiduals = (tests: readonly Condition[]): Residuals => {
  const answers = new Uint8Array(tests.length);
  const answeredFor = new Uint32Array(tests.length);
  let lead = 0;
  let values: LeadValues = {};
  let moment: Moment = { now: 0, timezone: 'UTC' };
  return {
    begin: (nextValues, nextMoment) => {
      values = nextValues;
      moment = nextMoment;
      lead = (lead + 1) >>> 0;
      // Once in four billion leads the count comes round: old answers must not pass for new.
      if (lead === 0) {
        answeredFor.fill(0);
        lead = 1;
      }
    },
    holds: (code) => {
      const at = code >> 1;
      if (answeredFor[at] !== lead) {
        const truth = evaluate(tests[at]!, values, moment);
        answers[at] = truth === null ? UNKNOWN : truth ? TRUE : FALSE;
        answeredFor[at] = lead;
      }
      return answers[at] === ((code & 1) === 1 ? FALSE : TRUE);
    },
  };
};
