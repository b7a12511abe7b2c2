/** A rep's leads before and after a change of policy. */
export interface RepMove {
  /** null: nobody. */
  readonly rep: string | null;
  readonly before: number;
  readonly after: number;
  /** Leads they had before and do not have after, and the other way round. */
  readonly lost: number;
  readonly gained: number;
}

/** Which leads somebody else has after a change. */
export interface Moves {
  readonly leads: number;
  readonly moved: number;
  /** Who gains most first, who loses most last. */
  readonly reps: readonly RepMove[];
}

/** Compares who has each lead, before and after. A lead settles at different times on the two sides. */
export interface MoveTally {
  /** Both sides of one lead at once. */
  readonly move: (before: string | null, after: string | null) => void;
  /** One side of the lead of that number; it is kept until the other side is known. */
  readonly from: (number: number, before: string | null) => void;
  readonly to: (number: number, after: string | null) => void;
  readonly moves: () => Moves;
}

interface Count {
  before: number;
  after: number;
  stayed: number;
}

export const createMoves = (): MoveTally => {
  const counts = new Map<string | null, Count>();
  const early = { from: new Map<number, string | null>(), to: new Map<number, string | null>() };
  const seen = { leads: 0, moved: 0 };
  const countOf = (rep: string | null): Count => {
    const count = counts.get(rep) ?? { before: 0, after: 0, stayed: 0 };
    counts.set(rep, count);
    return count;
  };
  const move = (before: string | null, after: string | null): void => {
    seen.leads++;
    countOf(before).before++;
    countOf(after).after++;
    if (before === after) countOf(before).stayed++;
    else seen.moved++;
  };
  const meet = (side: 'from' | 'to', number: number, rep: string | null): void => {
    const other = early[side === 'from' ? 'to' : 'from'];
    const known = other.get(number);
    if (known === undefined) {
      early[side].set(number, rep);
      return;
    }
    other.delete(number);
    if (side === 'from') move(rep, known);
    else move(known, rep);
  };
  return {
    move,
    from: (number, before) => meet('from', number, before),
    to: (number, after) => meet('to', number, after),
    moves: () => ({ ...seen, reps: [...counts].map(toRepMove).sort(byGain) }),
  };
};

const toRepMove = ([rep, { before, after, stayed }]: readonly [string | null, Count]): RepMove => ({
  rep,
  before,
  after,
  lost: before - stayed,
  gained: after - stayed,
});

const byGain = (a: RepMove, b: RepMove): number =>
  b.after - b.before - (a.after - a.before) || (String(a.rep) < String(b.rep) ? -1 : 1);
