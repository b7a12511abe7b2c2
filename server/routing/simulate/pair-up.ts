/** Brings the two sides of each lead together by its number; they settle at different times. */
export interface PairUp<Side> {
  /** One side of the lead of that number; it is kept until the other side is known. */
  readonly before: (number: number, side: Side) => void;
  readonly after: (number: number, side: Side) => void;
}

/** `meet` is told both sides of each lead, once. */
export const createPairUp = <Side>(meet: (before: Side, after: Side) => void): PairUp<Side> => {
  const early = { before: new Map<number, Side>(), after: new Map<number, Side>() };
  const take = (sides: Map<number, Side>, number: number): Side | undefined => {
    const side = sides.get(number);
    if (side !== undefined) sides.delete(number);
    return side;
  };
  return {
    before: (number, side) => {
      const other = take(early.after, number);
      if (other === undefined) early.before.set(number, side);
      else meet(side, other);
    },
    after: (number, side) => {
      const other = take(early.before, number);
      if (other === undefined) early.after.set(number, side);
      else meet(other, side);
    },
  };
};
