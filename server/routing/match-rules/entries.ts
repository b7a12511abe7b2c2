import type { Condition } from '../conditions/condition.ts';
import type { FieldValue } from '../lead.ts';
import type { ClassSet } from './class-set.ts';
import { type Dimension, keyedDimension, orderedDimension } from './dimension.ts';
import { classesOf, placeOf } from './literal-classes.ts';
import { type Conjunction, conjunctionsOf } from './normal-form.ts';
import { type Residuals, residualsBuilder } from './residuals.ts';

/** A test by classes: the dimension's number, and the classes in which it holds. */
export interface Check {
  readonly dimension: number;
  readonly classes: ClassSet;
}

/** One conjunction of one rule. Entries are in rule order, so the first entry that holds names the first rule. */
export interface Entry {
  /** The rule's index. */
  readonly rule: number;
  readonly checks: readonly Check[];
  /** Codes of tests that must be evaluated: see `Residuals`. */
  readonly residuals: readonly number[];
}

/** Rules taken apart for the index. */
export interface Entries {
  readonly entries: readonly Entry[];
  /** By number; `names` are the fields they are cut from (or `TIME`). */
  readonly dimensions: readonly Dimension[];
  readonly names: readonly string[];
  readonly residuals: Residuals;
}

/** Takes conditions (one per rule, in order) apart. A conjunction that can never hold leaves no entry. */
export const makeEntries = (conditions: readonly Condition[]): Entries => {
  const spread = conditions.flatMap((condition, rule) =>
    conjunctionsOf(condition).map((conjunction) => ({ rule, conjunction })),
  );
  const { names, dimensions } = makeDimensions(spread.map(({ conjunction }) => conjunction));
  const numberOf = new Map(names.map((name, i) => [name, i]));
  const residuals = residualsBuilder();
  const makeEntry = (rule: number, conjunction: Conjunction): Entry => {
    const checks: Check[] = [];
    const codes: number[] = [];
    for (const literal of conjunction) {
      const place = placeOf(literal.test);
      if (place === null) codes.push(residuals.codeOf(literal));
      else {
        const dimension = numberOf.get(place.dimension)!;
        checks.push({ dimension, classes: classesOf(literal, dimensions[dimension]!) });
      }
    }
    return { rule, checks, residuals: codes };
  };
  const entries = spread.map(({ rule, conjunction }) => makeEntry(rule, conjunction));
  return {
    entries: entries
      .filter(({ checks }) => checks.every(({ classes }) => classes.length > 0))
      .map((entry) => ({ ...entry, residuals: residuals.inOrder(entry.residuals) })),
    dimensions,
    names,
    residuals: residuals.finish(),
  };
};

const makeDimensions = (
  conjunctions: readonly Conjunction[],
): { readonly names: readonly string[]; readonly dimensions: readonly Dimension[] } => {
  const found = new Map<string, { ordered: boolean; constants: FieldValue[] }>();
  for (const { test } of conjunctions.flat()) {
    const place = placeOf(test);
    if (place === null) continue;
    const dimension = found.get(place.dimension) ?? { ordered: place.ordered, constants: [] };
    for (const constant of place.constants) dimension.constants.push(constant);
    found.set(place.dimension, dimension);
  }
  return {
    names: [...found.keys()],
    dimensions: [...found.values()].map(({ ordered, constants }) =>
      ordered ? orderedDimension(constants) : keyedDimension(constants),
    ),
  };
};
