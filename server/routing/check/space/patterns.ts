import type { TextOp } from '../../conditions/condition.ts';

/** A test of part of a text. `needle` is folded. */
export interface Pattern {
  readonly op: TextOp;
  readonly needle: string;
}

/** What a text that has some patterns looks like at least: its beginning, its end, and what stands in between. */
export interface Frame {
  readonly prefix: string;
  readonly suffix: string;
  readonly parts: readonly string[];
}

/** The least frame of the patterns; null: no text has all of them. */
export const frameOf = (patterns: readonly Pattern[]): Frame | null => {
  const needles = (op: TextOp) => patterns.filter((one) => one.op === op).map(({ needle }) => needle);
  const prefix = longest(needles('starts_with'));
  const suffix = longest(needles('ends_with'));
  const fits =
    needles('starts_with').every((one) => prefix.startsWith(one)) &&
    needles('ends_with').every((one) => suffix.endsWith(one));
  return fits ? { prefix, suffix, parts: needles('contains') } : null;
};

/**
 * Whether every text of a frame has a pattern. A text is free to part the frame's pieces by letters that no pattern
 * knows, so only what lies within one piece is forced.
 */
export const forces = ({ prefix, suffix, parts }: Frame, { op, needle }: Pattern): boolean => {
  switch (op) {
    case 'starts_with':
      return prefix.startsWith(needle);
    case 'ends_with':
      return suffix.endsWith(needle);
    case 'contains':
      return [prefix, suffix, ...parts].some((piece) => piece.includes(needle));
    default:
      return op satisfies never;
  }
};

const longest = (texts: readonly string[]): string =>
  texts.reduce((found, text) => (text.length > found.length ? text : found), '');
