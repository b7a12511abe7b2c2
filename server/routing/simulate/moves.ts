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

/** Compares who has each lead, before and after. */
export interface MoveTally {
  readonly move: (before: string | null, after: string | null) => void;
  readonly moves: () => Moves;
}

interface Count {
  before: number;
  after: number;
  stayed: number;
}

export const createMoves = (): MoveTally => {
  const counts = new Map<string | null, Count>();
  const seen = { leads: 0, moved: 0 };
  const countOf = (rep: string | null): Count => {
    const count = counts.get(rep) ?? { before: 0, after: 0, stayed: 0 };
    counts.set(rep, count);
    return count;
  };
  return {
    move: (before, after) => {
      seen.leads++;
      countOf(before).before++;
      countOf(after).after++;
      if (before === after) countOf(before).stayed++;
      else seen.moved++;
    },
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
