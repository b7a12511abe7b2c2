import type { Condition } from '../conditions/condition.ts';

/** A test that must be true, or (negated) known to be false. */
export interface Literal {
  readonly test: Condition;
  readonly negated: boolean;
}

/** Literals that must all hold. */
export type Conjunction = readonly Literal[];

/** A rule is spread over at most so many conjunctions; a part that would need more is evaluated as written. */
const MOST = 16;

/**
 * A condition as a disjunction of conjunctions: it is true exactly when one of them holds. De Morgan's laws and
 * distribution stand in three-valued logic too, so unknown values are treated as the condition treats them.
 */
export const conjunctionsOf = (condition: Condition): readonly Conjunction[] => spread(condition, false);

const spread = (condition: Condition, negated: boolean): readonly Conjunction[] => {
  switch (condition.kind) {
    case 'not':
      return spread(condition.of, !negated);
    case 'all':
    case 'any': {
      const both = (condition.kind === 'all') !== negated;
      return both ? spreadAll(condition.of, negated) : spreadAny(condition, negated);
    }
    default:
      return [[{ test: condition, negated }]];
  }
};

const spreadAny = (
  condition: Condition & { kind: 'all' | 'any' },
  negated: boolean,
): readonly Conjunction[] => {
  const spreadParts = condition.of.flatMap((part) => spread(part, negated));
  return spreadParts.length > MOST ? [[{ test: condition, negated }]] : spreadParts;
};

const spreadAll = (parts: readonly Condition[], negated: boolean): readonly Conjunction[] => {
  let product: readonly Conjunction[] = [[]];
  for (const part of parts) {
    const choices = spread(part, negated);
    const kept: readonly Conjunction[] =
      choices.length * product.length > MOST ? [[{ test: part, negated }]] : choices;
    product = product.flatMap((conjunction) => kept.map((choice) => [...conjunction, ...choice]));
  }
  return product;
};
