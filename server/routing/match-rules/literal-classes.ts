import type { CompareOp, Condition, FieldTest } from '../conditions/condition.ts';
import type { FieldValue } from '../lead.ts';
import { type ClassSet, classSet, complement, MISSING } from './class-set.ts';
import { type Dimension, dimensionKind } from './dimension.ts';
import type { Literal } from './normal-form.ts';
import { weekSpans } from './time-of-week.ts';

/** The dimension that the time of the week is looked up under; no field has such a name. */
export const TIME = '#time';

/** Where a literal can be looked up, and the constants that cut that dimension; null: only by evaluating it. */
export interface Place {
  readonly dimension: string;
  readonly ordered: boolean;
  readonly constants: readonly FieldValue[];
}

/** Finds a literal's place in the index. */
export const placeOf = (test: Condition): Place | null => {
  if (test.kind === 'time') return { dimension: TIME, ordered: true, constants: weekSpans(test).flat() };
  if (test.kind === 'all' || test.kind === 'any' || test.kind === 'not' || test.kind === 'event') return null;
  const kind = dimensionKind(test.type);
  const constants = constantsOf(test);
  if (kind === null || constants === null) return null;
  return { dimension: test.field, ordered: kind === 'ordered', constants };
};

const constantsOf = (test: FieldTest): readonly FieldValue[] | null => {
  switch (test.kind) {
    case 'presence':
      return [];
    case 'compare':
      return [test.value];
    case 'between':
      return [test.from, test.to];
    case 'member':
      return test.values;
    case 'text':
    case 'recent':
    case 'fields':
      return null;
    default:
      return test satisfies never;
  }
};

/** The classes in which a literal that has a place holds. */
export const classesOf = ({ test, negated }: Literal, dimension: Dimension): ClassSet => {
  if (test.kind === 'presence') {
    const present = test.present !== negated;
    return present ? classSet([[MISSING + 1, dimension.top]]) : [MISSING, MISSING];
  }
  const positive = whereTrue(test, dimension);
  return negated ? complement(positive, dimension.top) : positive;
};

const whereTrue = (test: Condition, dimension: Dimension): ClassSet => {
  const at = dimension.classOfConstant;
  switch (test.kind) {
    case 'time':
      return classSet(weekSpans(test).map(([from, to]) => [at(from), at(to) - 1]));
    case 'compare':
      return comparedClasses(test.op, at(test.value), dimension.top);
    case 'between':
      return [at(test.from), at(test.to)];
    case 'member': {
      const named = classSet(test.values.map((value) => [at(value), at(value)]));
      return test.op === 'in' ? named : complement(named, dimension.top);
    }
    default:
      throw new Error(`a ${test.kind} test has no place in the index`);
  }
};

const comparedClasses = (op: CompareOp, at: number, top: number): ClassSet => {
  switch (op) {
    case 'eq':
      return [at, at];
    case 'ne':
      return complement([at, at], top);
    case 'gt':
      return [at + 1, top];
    case 'gte':
      return [at, top];
    case 'lt':
      return [MISSING + 1, at - 1];
    case 'lte':
      return [MISSING + 1, at];
    default:
      return op satisfies never;
  }
};
