/** How often a way of matching said so, and was right. */
export interface Score {
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Scores from counts: said and true, said and false, not said and true. Where nothing was said precision is 0. */
export const scoreOf = (pairs: number, right: number, wrong: number, missed: number): Score => {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    pairs,
    precision: share(right, right + wrong),
    recall: share(right, right + missed),
    f1: share(2 * right, 2 * right + wrong + missed),
  };
};

/** One pair: what was said of it, and what is true. */
export interface Judged {
  readonly said: boolean;
  readonly is: boolean;
}

export const scorePairs = (judged: readonly Judged[]): Score => {
  const count = (said: boolean, is: boolean) =>
    judged.filter((one) => one.said === said && one.is === is).length;
  return scoreOf(judged.length, count(true, true), count(true, false), count(false, true));
};

/** A row of a table. */
export const scoreRow = (of: string, { pairs, precision, recall, f1 }: Score): string =>
  `| ${of} | ${pairs.toLocaleString('en')} | ${[precision, recall, f1].map((n) => n.toFixed(3)).join(' | ')} |`;
