/** A set of truth values, as bits. */
export type Truths = number;

export const TRUE: Truths = 1;
export const FALSE: Truths = 2;
export const UNKNOWN: Truths = 4;
/** Does not match: false or unknown. */
export const NOT_TRUE: Truths = FALSE | UNKNOWN;

/** The truth values that `not` turns these into. */
export const negated = (truths: Truths): Truths =>
  (truths & UNKNOWN) | ((truths & TRUE) === 0 ? 0 : FALSE) | ((truths & FALSE) === 0 ? 0 : TRUE);
