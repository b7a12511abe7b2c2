/** A lead with whom it was given and whom the policy would have chosen. Instants in epoch milliseconds. */
export interface TwiceGiven {
  readonly at: number;
  /** null: nobody has it. */
  readonly theirs: string | null;
  /** Since when, as seen; null with `theirs`. */
  readonly ownedAt: number | null;
  /** null: the policy would have nobody take it at that moment. */
  readonly ours: string | null;
}

/** How the way leads are given today compares with what a policy would have done. */
export interface OwnerComparison {
  readonly leads: number;
  /** Leads that both gave to somebody, and those of them that both gave to the same. */
  readonly both: number;
  readonly agreed: number;
  /** Most leads of both first. */
  readonly takers: readonly { readonly id: string; readonly theirs: number; readonly ours: number }[];
  /** Leads that nobody had for longer than an hour, those nobody has now among them. */
  readonly longUnowned: number;
  readonly unowned: number;
  /** From the decision to the owner, in milliseconds; null: no lead has one. */
  readonly speed: { readonly median: number; readonly slowest: number } | null;
}

const LONG_MS = 3_600_000;

/** Compares, lead by lead; `leads` in order of their decision. */
export const compareOwners = (leads: readonly TwiceGiven[], now: number): OwnerComparison => {
  const both = leads.filter(({ theirs, ours }) => theirs !== null && ours !== null);
  const waits = leads.map(({ at, ownedAt }) => Math.max(0, (ownedAt ?? now) - at));
  return {
    leads: leads.length,
    both: both.length,
    agreed: both.filter(({ theirs, ours }) => theirs === ours).length,
    takers: takersOf(leads),
    longUnowned: waits.filter((wait) => wait > LONG_MS).length,
    unowned: leads.filter(({ theirs }) => theirs === null).length,
    speed: speedOf(leads.flatMap(({ at, ownedAt }) => (ownedAt === null ? [] : [Math.max(0, ownedAt - at)]))),
  };
};

const takersOf = (leads: readonly TwiceGiven[]): OwnerComparison['takers'] => {
  const counts = new Map<string, { theirs: number; ours: number }>();
  const count = (id: string | null, side: 'theirs' | 'ours'): void => {
    if (id === null) return;
    const taker = counts.get(id) ?? { theirs: 0, ours: 0 };
    taker[side]++;
    counts.set(id, taker);
  };
  for (const { theirs, ours } of leads) {
    count(theirs, 'theirs');
    count(ours, 'ours');
  }
  return [...counts]
    .map(([id, taker]) => ({ id, ...taker }))
    .sort((a, b) => b.theirs + b.ours - a.theirs - a.ours || (a.id < b.id ? -1 : 1));
};

const speedOf = (waits: readonly number[]): OwnerComparison['speed'] => {
  if (waits.length === 0) return null;
  const sorted = waits.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)]!, slowest: sorted.at(-1)! };
};
