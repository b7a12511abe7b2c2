import type { Condition, FieldTest } from '../../conditions/condition.ts';
import { TIME } from '../../match-rules/literal-classes.ts';
import type { Fields } from '../../policy/fields.ts';
import type { Axis, Leaf } from './axis.ts';
import { fieldAxis, timeAxis } from './field-axis.ts';
import { opaqueAxis } from './opaque-axis.ts';

/** Everything that can be told of a lead and its moment, as independent axes. */
export interface Space {
  readonly axes: readonly Axis[];
  /** The field an axis is about; `TIME`: the time of the week; null: a test that is not taken apart. */
  readonly names: readonly (string | null)[];
  /** The number of the axis a test is about. */
  readonly axisOf: (test: Leaf) => number;
  /** Whether a test is not taken apart, so that what hangs on it is tried and not known. */
  readonly isOpaque: (test: Leaf) => boolean;
}

/** Cuts fields and time by everything that the conditions name. No other condition can be asked about. */
export const makeSpace = (conditions: readonly Condition[], fields: Fields): Space => {
  const leaves = conditions.flatMap(leavesOf);
  const byField = testsByField(leaves, fields);
  const dated = new Set([...byField].filter(([, tests]) => tests.some(namesValue)).map(([name]) => name));
  const axes: Axis[] = [];
  const names: (string | null)[] = [];
  const numbers = new Map<string, number>();
  const add = (key: string, name: string | null, axis: Axis): void => {
    names.push(name);
    numbers.set(key, axes.push(axis) - 1);
  };
  const keyOf = (test: Leaf): string => decidedBy(test, dated, fields) ?? JSON.stringify(test);
  add(TIME, TIME, timeAxis(leaves.filter((test) => test.kind === 'time')));
  for (const [name, tests] of byField)
    add(
      name,
      name,
      fieldAxis(
        fields[name]!,
        tests.filter((test) => decidedBy(test, dated, fields) === name),
      ),
    );
  for (const test of leaves) if (!numbers.has(keyOf(test))) add(keyOf(test), null, opaqueAxis());
  return {
    axes,
    names,
    isOpaque: (test) => decidedBy(test, dated, fields) === null,
    axisOf: (test) => numbers.get(keyOf(test))!,
  };
};

const testsByField = (leaves: readonly Leaf[], fields: Fields): ReadonlyMap<string, readonly FieldTest[]> => {
  const byField = new Map<string, FieldTest[]>();
  for (const test of leaves)
    for (const name of fieldsOf(test)) {
      if (!Object.hasOwn(fields, name)) continue;
      const tests = byField.get(name) ?? [];
      tests.push(test as FieldTest);
      byField.set(name, tests);
    }
  return byField;
};

/** Whether a test names a value of its field, other than by its age. */
const namesValue = ({ kind }: FieldTest): boolean =>
  kind === 'compare' || kind === 'between' || kind === 'member';

/**
 * What a test is decided by: the time of the week, or one field. Null: it is not taken apart. This is the one place
 * that says which kinds of test are: a kind that is not named here is undetermined.
 */
const decidedBy = (test: Leaf, dated: ReadonlySet<string>, fields: Fields): string | null => {
  // What is worked out of other fields (territory, score, tier, account) is nobody's to choose.
  if ('field' in test && !Object.hasOwn(fields, test.field)) return null;
  switch (test.kind) {
    case 'time':
      return TIME;
    case 'presence':
    case 'compare':
    case 'between':
    case 'member':
    case 'text':
      return test.field;
    case 'recent':
      // An age and a calendar date of one field are tied to each other by the moment.
      return dated.has(test.field) ? null : test.field;
    default:
      return null;
  }
};

/** The tests a condition is made of. */
export const leavesOf = (condition: Condition): readonly Leaf[] => {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.of);
    default:
      return [condition];
  }
};

/** The fields a test reads. */
const fieldsOf = (test: Leaf): readonly string[] => {
  if (!('field' in test)) return [];
  return test.kind === 'fields' ? [test.field, test.other] : [test.field];
};
