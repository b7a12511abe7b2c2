import { fold, textHolds } from '../../conditions/compare-values.ts';
import type { FieldTest } from '../../conditions/condition.ts';
import type { FieldValue } from '../../lead.ts';
import {
  type ClassSet,
  classesIn,
  classSet,
  complement,
  intersection,
  MISSING,
  union,
} from '../../match-rules/class-set.ts';
import { keyedDimension } from '../../match-rules/dimension.ts';
import { classesOf, placeOf } from '../../match-rules/literal-classes.ts';
import type { Field } from '../../policy/fields.ts';
import type { Axis, Leaf } from './axis.ts';
import { classesWith } from './finite-axis.ts';
import { otherValues } from './other-values.ts';
import type { Pattern } from './patterns.ts';
import { holdsOther, OTHER, ofClasses, type Region } from './region.ts';
import { FALSE, TRUE, type Truths } from './truths.ts';

type TextTest = FieldTest & { readonly kind: 'text' };

const ONLY_OTHER: ClassSet = [OTHER, OTHER];
const ONLY_MISSING: ClassSet = [MISSING, MISSING];

/** An axis of values that are compared by equality, and as texts by their parts: one class for each named value. */
export const keyedAxis = (field: Field, tests: readonly Leaf[]): Axis => {
  const constants = tests.flatMap((test) => placeOf(test)?.constants ?? []);
  const patterns = patternsOf(tests);
  const dimension = keyedDimension(constants);
  const values = new Map(constants.map((value) => [dimension.classOfConstant(value), value]));
  const others = otherValues(field, constants, patterns);
  const named = union(ONLY_MISSING, complement(ONLY_OTHER, dimension.top));
  const whole = others.any ? union(named, ONLY_OTHER) : named;
  const patternsIn = ({ has, lacks }: Region) =>
    [has.map((one) => patterns[one]!), lacks.map((one) => patterns[one]!)] as const;
  const textRegion = (test: TextTest, truths: Truths): Region => {
    const number = patterns.findIndex((pattern) => isSame(pattern, patternOf(test)));
    const known = truths & (TRUE | FALSE);
    const classes = classesWith(splitNamed(test, values), truths, named);
    return {
      classes: known === 0 ? classes : intersection(union(classes, ONLY_OTHER), whole),
      has: known === TRUE ? [number] : [],
      lacks: known === FALSE ? [number] : [],
    };
  };
  return {
    whole: ofClasses(whole),
    regionOf: (test, truths) => {
      if (test.kind === 'text') return textRegion(test, truths);
      const isTrue = classesOf({ test, negated: false }, dimension);
      const isFalse = classesOf({ test, negated: true }, dimension);
      return ofClasses(classesWith({ isTrue, isFalse }, truths, whole));
    },
    settle: (region) =>
      !holdsOther(region) || others.possible(...patternsIn(region)) ? region : withoutOther(region),
    pick: (region, prefer) => {
      const mayMiss = region.classes[0] === MISSING;
      if (mayMiss && prefer === 'missing') return undefined;
      for (const one of classesIn(region.classes)) {
        if (one === MISSING) continue;
        const value = one === OTHER ? others.make(...patternsIn(region)) : values.get(one)!;
        if (value !== null) return value;
      }
      return mayMiss ? undefined : null;
    },
  };
};

/** Where a test of a text's parts holds among the named values. */
const splitNamed = (test: TextTest, values: ReadonlyMap<number, FieldValue>) => {
  const where = (wanted: boolean): ClassSet =>
    classSet(
      [...values]
        .filter(([, value]) => textHolds(test.op, value, test.value) === wanted)
        .map(([one]) => [one, one]),
    );
  return { isTrue: where(true), isFalse: where(false) };
};

const withoutOther = (region: Region): Region => ({
  ...region,
  classes: union(
    intersection(region.classes, ONLY_MISSING),
    intersection(region.classes, [OTHER + 1, Number.MAX_SAFE_INTEGER]),
  ),
});

const patternOf = ({ op, value }: TextTest): Pattern => ({ op, needle: fold(value) });

const isSame = (a: Pattern, b: Pattern): boolean => a.op === b.op && a.needle === b.needle;

/** The different patterns that tests look for. */
const patternsOf = (tests: readonly Leaf[]): readonly Pattern[] => {
  const patterns: Pattern[] = [];
  for (const test of tests) {
    if (test.kind !== 'text') continue;
    const pattern = patternOf(test);
    if (!patterns.some((one) => isSame(one, pattern))) patterns.push(pattern);
  }
  return patterns;
};
