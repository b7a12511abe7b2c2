import { compareValues, fold, satisfies } from '../conditions/compare-values.ts';
import type { CompareOp, Condition, TextOp } from '../conditions/condition.ts';
import { evaluate, type Truth } from '../conditions/evaluate.ts';
import type { Moment } from '../conditions/moment.ts';
import { isTextual } from '../conditions/operators.ts';
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
  const uses: number[] = [];
  const known = new Map<string, number>();
  return {
    /** Tests that many rules share come first: they are often answered already. */
    inOrder: (codes: readonly number[]): readonly number[] =>
      [...codes].sort((a, b) => uses[b >> 1]! - uses[a >> 1]!),
    codeOf: ({ test, negated }: Literal): number => {
      const key = JSON.stringify(test);
      const at = known.get(key) ?? tests.push(test) - 1;
      known.set(key, at);
      uses[at] = (uses[at] ?? 0) + 1;
      return at * 2 + Number(negated);
    },
    finish: (): Residuals => makeResiduals(tests),
  };
};

const makeResiduals = (tests: readonly Condition[]): Residuals => {
  const folded = foldedTexts();
  const answer = tests.map((test) => answerer(test, folded));
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
      folded.begin(values);
    },
    holds: (code) => {
      const at = code >> 1;
      if (answeredFor[at] !== lead) {
        const truth = answer[at]!(values, moment);
        answers[at] = truth === null ? UNKNOWN : truth ? TRUE : FALSE;
        answeredFor[at] = lead;
      }
      return answers[at] === ((code & 1) === 1 ? FALSE : TRUE);
    },
  };
};

type Answer = (values: LeadValues, moment: Moment) => Truth;
type FoldedTexts = ReturnType<typeof foldedTexts>;

/** The lead's texts without case, each folded once however many rules look at it. */
const foldedTexts = () => {
  const names: string[] = [];
  const texts: (string | null | undefined)[] = [];
  let values: LeadValues = {};
  return {
    slotOf: (name: string): number => {
      const known = names.indexOf(name);
      return known >= 0 ? known : names.push(name) - 1;
    },
    begin: (next: LeadValues): void => {
      values = next;
      for (let slot = 0; slot < names.length; slot++) texts[slot] = undefined;
    },
    /** null: no value. */
    at: (slot: number): string | null => {
      const kept = texts[slot];
      if (kept !== undefined) return kept;
      const value = values[names[slot]!];
      const text = value === undefined ? null : fold(value as string);
      texts[slot] = text;
      return text;
    },
  };
};

/** Text tests get a way of their own that folds nothing twice; all others are evaluated as written. */
const answerer = (test: Condition, folded: FoldedTexts): Answer => {
  if (test.kind === 'text' && isTextual(test.type)) {
    const slot = folded.slotOf(test.field);
    const holds = textRelation(test.op);
    const needle = fold(test.value);
    return () => {
      const text = folded.at(slot);
      return text === null ? null : holds(text, needle);
    };
  }
  if (test.kind === 'fields' && isTextual(test.type) && isTextual(test.otherType)) {
    const slot = folded.slotOf(test.field);
    const other = folded.slotOf(test.other);
    const holds = relation(test.op as CompareOp | TextOp);
    return () => {
      const text = folded.at(slot);
      const second = text === null ? null : folded.at(other);
      return text === null || second === null ? null : holds(text, second);
    };
  }
  return (values, moment) => evaluate(test, values, moment);
};

type Relation = (text: string, other: string) => boolean;

const textRelation = (op: TextOp): Relation => {
  switch (op) {
    case 'contains':
      return (text, other) => text.includes(other);
    case 'starts_with':
      return (text, other) => text.startsWith(other);
    case 'ends_with':
      return (text, other) => text.endsWith(other);
    default:
      return op satisfies never;
  }
};

const relation = (op: CompareOp | TextOp): Relation => {
  if (op === 'contains' || op === 'starts_with' || op === 'ends_with') return textRelation(op);
  return (text, other) => satisfies(op, compareValues('country', text, other)!);
};
