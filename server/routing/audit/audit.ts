import { chiSquareTest } from './chi-square.ts';

/** Who had leads in the past, one entry a lead, in order of arrival: the owner's place in `owners`, and when. */
export interface OwnedLeads {
  readonly owners: readonly string[];
  /** Places in `owners`. */
  readonly owner: ArrayLike<number>;
  /** Epoch milliseconds. */
  readonly at: ArrayLike<number>;
}

/** What one owner had, beside an equal share. Lags are in leads. */
export interface OwnerAudit {
  readonly owner: string;
  readonly leads: number;
  /** Of all leads, 0 to 1. */
  readonly share: number;
  /** What they would have had, had each lead been shared equally by those who were there. */
  readonly owed: number;
  readonly idealShare: number;
  /** The furthest they ever were from it, up or down: owed minus received at that moment. */
  readonly worstLag: number;
  readonly worstAt: number;
  /** The most leads in a row. */
  readonly longestStreak: number;
  /** The longest they went without a lead: milliseconds, and leads that others had meanwhile. */
  readonly longestGap: number;
  readonly gapLeads: number;
  readonly first: number;
  readonly last: number;
}

/** How evenly the past shared its leads. */
export interface Audit {
  readonly leads: number;
  readonly from: number;
  readonly to: number;
  /** Most leads first. */
  readonly owners: readonly OwnerAudit[];
  /** The worst lag of anybody, in leads. */
  readonly worstLag: number;
  /** Whether chance alone may have dealt so; null: too few leads to say. */
  readonly test: ReturnType<typeof chiSquareTest>;
}

/**
 * Measures how unevenly leads were shared. An owner counts as there from their first lead to their last, and is owed
 * an equal share of every lead in between. null: no leads.
 */
export const auditLeads = (leads: OwnedLeads): Audit | null => {
  const count = leads.owner.length;
  if (count === 0) return null;
  const pages = leads.owners.map((owner) => newPage(owner));
  for (let i = 0; i < count; i++) meet(pages[leads.owner[i]!]!, leads.at[i]!, i);
  const had = pages.filter(({ leads: any }) => any > 0);
  replay(leads, pages, had);
  const owners = had.map((page) => toAudit(page, count)).sort((a, b) => b.leads - a.leads || byName(a, b));
  return {
    leads: count,
    from: leads.at[0]!,
    to: leads.at[count - 1]!,
    owners,
    worstLag: Math.max(...owners.map(({ worstLag }) => Math.abs(worstLag))),
    test: chiSquareTest(
      owners.map((one) => one.leads),
      owners.map(({ owed }) => owed),
    ),
  };
};

interface Page {
  readonly owner: string;
  leads: number;
  /** Places of the first and the last lead. */
  from: number;
  to: number;
  first: number;
  last: number;
  longestGap: number;
  gapLeads: number;
  longestStreak: number;
  streak: number;
  owed: number;
  received: number;
  worstLag: number;
  worstAt: number;
}

const newPage = (owner: string): Page => ({
  owner,
  leads: 0,
  from: 0,
  to: 0,
  first: 0,
  last: 0,
  longestGap: 0,
  gapLeads: 0,
  longestStreak: 0,
  streak: 0,
  owed: 0,
  received: 0,
  worstLag: 0,
  worstAt: 0,
});

const meet = (page: Page, at: number, place: number): void => {
  if (page.leads === 0) {
    page.from = place;
    page.first = at;
  } else {
    page.longestGap = Math.max(page.longestGap, at - page.last);
    page.gapLeads = Math.max(page.gapLeads, place - page.to - 1);
    page.streak = place === page.to + 1 ? page.streak : 0;
  }
  page.streak++;
  page.longestStreak = Math.max(page.longestStreak, page.streak);
  page.leads++;
  page.to = place;
  page.last = at;
};

/** Every lead again: owed equally by those who are there, and received by its owner. */
const replay = (leads: OwnedLeads, pages: readonly Page[], had: readonly Page[]): void => {
  const coming = had.toSorted((a, b) => a.from - b.from);
  const there = new Set<Page>();
  for (let i = 0, next = 0; i < leads.owner.length; i++) {
    for (; next < coming.length && coming[next]!.from <= i; next++) there.add(coming[next]!);
    const share = 1 / there.size;
    for (const page of there) page.owed += share;
    const taker = pages[leads.owner[i]!]!;
    taker.received++;
    for (const page of there) note(page, leads.at[i]!);
    if (taker.to === i) there.delete(taker);
  }
};

const note = (page: Page, at: number): void => {
  const lag = page.owed - page.received;
  if (Math.abs(lag) <= Math.abs(page.worstLag)) return;
  page.worstLag = lag;
  page.worstAt = at;
};

const toAudit = (page: Page, count: number): OwnerAudit => {
  const { from: _from, to: _to, streak: _streak, received: _received, ...told } = page;
  return { ...told, share: page.leads / count, idealShare: page.owed / count };
};

const byName = (a: OwnerAudit, b: OwnerAudit): number => (a.owner < b.owner ? -1 : 1);
