import { compareValues } from '../../conditions/compare-values.ts';
import type { FieldTest } from '../../conditions/condition.ts';
import type { FieldValue, Money } from '../../lead.ts';
import { type ClassSet, MISSING } from '../../match-rules/class-set.ts';
import { type Dimension, orderedDimension } from '../../match-rules/dimension.ts';
import { classesOf } from '../../match-rules/literal-classes.ts';
import type { Axis, Leaf } from './axis.ts';
import { finiteAxis, type Split } from './finite-axis.ts';
import { numberBetween } from './gap-values.ts';

/** The amounts of one currency: its classes stand after those of the currency before. */
interface Block {
  readonly currency: string;
  readonly dimension: Dimension;
  readonly points: readonly number[];
  /** How far its classes are moved up. */
  readonly by: number;
}

/** Money: classes by order within each currency that a test names, and one for all other currencies. */
export const moneyAxis = (constants: readonly Money[]): Axis => {
  const blocks = blocksOf(constants);
  const last = blocks.at(-1);
  const top = (last === undefined ? MISSING : last.by + last.dimension.top) + 1;
  const present: ClassSet = [MISSING + 1, top];
  return finiteAxis({
    top,
    valueAt: (one) => {
      if (one === MISSING) return undefined;
      if (one === top) return { amount: 1, currency: otherCurrency(blocks) };
      const block = blocks.findLast(({ by }) => one > by)!;
      const amount = amountAt(block, one - block.by);
      return amount === null ? null : { amount, currency: block.currency };
    },
    split: (test) => splitMoney(test, blocks, present),
  });
};

const blocksOf = (constants: readonly Money[]): readonly Block[] => {
  const blocks: Block[] = [];
  let by = 0;
  for (const currency of new Set(constants.map((one) => one.currency))) {
    const amounts = constants.filter((one) => one.currency === currency).map(({ amount }) => amount);
    const points = [...new Set(amounts)].sort((a, b) => a - b);
    const dimension = orderedDimension(points);
    blocks.push({ currency, dimension, points, by });
    by += dimension.top;
  }
  return blocks;
};

const amountAt = ({ points }: Block, one: number): number | null =>
  one % 2 === 0
    ? points[one / 2 - 1]!
    : (numberBetween(points[(one - 3) / 2], points[(one - 1) / 2]) as number | null);

/** A currency that no test names. */
const otherCurrency = (blocks: readonly Block[]): string =>
  [
    'EUR',
    'USD',
    'GBP',
    'CHF',
    'JPY',
    'SEK',
    ...blocks.map((_, i) => `X${String.fromCharCode(65 + (i % 26))}X`),
  ].find((one) => blocks.every(({ currency }) => currency !== one)) ?? 'XXX';

const splitMoney = (test: Leaf, blocks: readonly Block[], present: ClassSet): Split => {
  if (test.kind === 'presence') {
    const missing: ClassSet = [MISSING, MISSING];
    return test.present ? { isTrue: present, isFalse: missing } : { isTrue: missing, isFalse: present };
  }
  const amounts = inAmounts(test as FieldTest);
  const block = blocks.find(({ currency }) => currency === amounts?.currency);
  if (amounts === null || block === undefined) return { isTrue: [], isFalse: [] };
  const moved = (negated: boolean): ClassSet =>
    classesOf({ test: amounts.test, negated }, block.dimension).map((one) => one + block.by);
  return { isTrue: moved(false), isFalse: moved(true) };
};

/** A test of money as one of amounts in its currency; null: its ends are in two, so it is never known. */
const inAmounts = (test: FieldTest): { readonly currency: string; readonly test: FieldTest } | null => {
  const amount = (value: FieldValue): number => (value as Money).amount;
  if (test.kind === 'compare') {
    const { currency } = test.value as Money;
    return { currency, test: { ...test, type: 'number', value: amount(test.value) } };
  }
  if (test.kind !== 'between' || compareValues('money', test.from, test.to) === null) return null;
  const { currency } = test.from as Money;
  return { currency, test: { ...test, type: 'number', from: amount(test.from), to: amount(test.to) } };
};
