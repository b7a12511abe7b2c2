import type { Condition } from '../conditions/condition.ts';
import type { Moment } from '../conditions/moment.ts';
import type { FieldValue, LeadValues } from '../lead.ts';
import { type ClassSet, sizeOf } from './class-set.ts';
import { type Dimension, keyedDimension, orderedDimension } from './dimension.ts';
import { classesOf, placeOf, TIME } from './literal-classes.ts';
import { type Conjunction, conjunctionsOf } from './normal-form.ts';
import { type PostingsBuilder, postingsBuilder } from './postings.ts';
import { type Residuals, residualsBuilder } from './residuals.ts';
import { minuteOfWeek } from './time-of-week.ts';

/** Finds the first rule whose condition is true: its index, or -1. `now` is epoch milliseconds. */
export type RuleMatcher = (values: LeadValues, now: number) => number;

/** A test by classes: where, and in which classes it holds. */
interface Check {
  readonly dimension: number;
  readonly classes: ClassSet;
}

/** One conjunction of one rule. Entries are in rule order, so the first entry that holds names the first rule. */
interface Entry {
  readonly rule: number;
  readonly checks: readonly Check[];
  readonly residuals: readonly number[];
}

/**
 * Builds an index over conditions (one per rule, in order). Each entry is filed under its most telling check; a lead
 * tries only the entries filed under its own values, in rule order, and stops at the first that holds. So the cost
 * follows how many rules come near a lead, not how many there are.
 */
export const compileRules = (conditions: readonly Condition[], timezone: string): RuleMatcher => {
  const spread = conditions.flatMap((condition, rule) =>
    conjunctionsOf(condition).map((conjunction) => ({ rule, conjunction })),
  );
  const dimensions = makeDimensions(spread.map(({ conjunction }) => conjunction));
  const residuals = residualsBuilder();
  const entries = spread.flatMap(({ rule, conjunction }): Entry[] => {
    const entry = { rule, ...makeEntry(conjunction, dimensions, residuals) };
    return entry.checks.some(({ classes }) => classes.length === 0) ? [] : [entry];
  });
  return makeMatcher(entries, dimensions, residuals.finish(), timezone);
};

interface Dimensions {
  readonly names: readonly string[];
  readonly list: readonly Dimension[];
  readonly numberOf: ReadonlyMap<string, number>;
}

const makeDimensions = (conjunctions: readonly Conjunction[]): Dimensions => {
  const constants = new Map<string, { ordered: boolean; values: FieldValue[] }>();
  for (const { test } of conjunctions.flat()) {
    const place = placeOf(test);
    if (place === null) continue;
    const found = constants.get(place.dimension) ?? { ordered: place.ordered, values: [] };
    for (const constant of place.constants) found.values.push(constant);
    constants.set(place.dimension, found);
  }
  const names = [...constants.keys()];
  return {
    names,
    list: [...constants.values()].map(({ ordered, values }) =>
      ordered ? orderedDimension(values) : keyedDimension(values),
    ),
    numberOf: new Map(names.map((name, i) => [name, i])),
  };
};

const makeEntry = (
  conjunction: Conjunction,
  dimensions: Dimensions,
  residuals: ReturnType<typeof residualsBuilder>,
): Omit<Entry, 'rule'> => {
  const checks: Check[] = [];
  const rest: number[] = [];
  for (const literal of conjunction) {
    const place = placeOf(literal.test);
    if (place === null) rest.push(residuals.codeOf(literal));
    else {
      const dimension = dimensions.numberOf.get(place.dimension)!;
      checks.push({ dimension, classes: classesOf(literal, dimensions.list[dimension]!) });
    }
  }
  return { checks, residuals: rest };
};

const makeMatcher = (
  entries: readonly Entry[],
  dimensions: Dimensions,
  residuals: Residuals,
  timezone: string,
): RuleMatcher => {
  const builders = dimensions.list.map(postingsBuilder);
  const scanned: number[] = [];
  const packed = entries.map((entry, i) => {
    const way = wayIn(entry, builders);
    if (way === null) scanned.push(i);
    else builders[way.dimension]!.post(i, way.classes);
    const left =
      way !== null && builders[way.dimension]!.exact
        ? entry.checks.filter((one) => one !== way)
        : entry.checks;
    return packEntry({ ...entry, checks: left }, dimensions);
  });
  const postings = builders.map((builder) => builder.finish());
  const classes = new Int32Array(dimensions.list.length);

  const holds = (entry: Int32Array): boolean => checksHold(entry, classes) && residualsHold(entry, residuals);

  /** The first entry of a list that comes before `best` and holds, else `best`. */
  const first = (list: readonly number[], best: number): number => {
    for (let i = 0; i < list.length; i++) {
      const entry = list[i]!;
      if (entry >= best) return best;
      if (holds(packed[entry]!)) return entry;
    }
    return best;
  };

  return (values, now) => {
    const moment: Moment = { now, timezone };
    residuals.begin(values, moment);
    for (let d = 0; d < classes.length; d++) {
      const name = dimensions.names[d]!;
      classes[d] = dimensions.list[d]!.classOf(name === TIME ? minuteOfWeek(moment) : values[name]);
    }
    let best = entries.length;
    for (let d = 0; d < classes.length; d++) {
      const { buckets, bucketOf } = postings[d]!;
      best = first(buckets[bucketOf(classes[d]!)]!, best);
    }
    best = first(scanned, best);
    return entries[best]?.rule ?? -1;
  };
};

/** The check that fewest leads pass, to file an entry under; null: it is tried for every lead. */
const wayIn = (entry: Entry, builders: readonly PostingsBuilder[]): Check | null => {
  let best: Check | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const check of entry.checks) {
    const cost = builders[check.dimension]!.cost(check.classes);
    if (cost === null || cost >= least) continue;
    best = check;
    least = cost;
  }
  return best;
};

/**
 * An entry as plain numbers: `[end of checks, then per check: dimension, end of its intervals, lo, hi, lo, hi, …,
 * then the residual codes]`. The check that fails most often stands first.
 */
const packEntry = (entry: Entry, dimensions: Dimensions): Int32Array => {
  const share = ({ dimension, classes }: Check) => sizeOf(classes) / dimensions.list[dimension]!.top;
  const numbers = [0];
  for (const { dimension, classes } of [...entry.checks].sort((a, b) => share(a) - share(b)))
    numbers.push(dimension, numbers.length + 2 + classes.length, ...classes);
  numbers[0] = numbers.length;
  return Int32Array.from([...numbers, ...entry.residuals]);
};

const checksHold = (entry: Int32Array, classes: Int32Array): boolean => {
  const end = entry[0]!;
  for (let at = 1; at < end; ) {
    const valueClass = classes[entry[at]!]!;
    const stop = entry[at + 1]!;
    let i = at + 2;
    while (i < stop && valueClass > entry[i + 1]!) i += 2;
    if (i === stop || valueClass < entry[i]!) return false;
    at = stop;
  }
  return true;
};

const residualsHold = (entry: Int32Array, residuals: Residuals): boolean => {
  for (let i = entry[0]!; i < entry.length; i++) if (!residuals.holds(entry[i]!)) return false;
  return true;
};
