import type { Balance, Posting } from '../state.ts';
import { applyPosting, NEW_BALANCE, repsOf } from './balance.ts';
import { LEAD } from './shares.ts';
import { compareUrgency } from './urgency.ts';

/** What a pool's ledger says of one member. Amounts in millionths of a lead. */
export interface MemberStatement {
  readonly rep: string;
  readonly owed: number;
  readonly received: number;
  /** Owed minus received, as far as it steers turns: without what is banked for time away. */
  readonly lag: number;
  readonly banked: number;
  /** The furthest they ever were from what they were owed, up or down, and since when (epoch milliseconds). */
  readonly worstLag: number;
  readonly worstAt: number | null;
}

/** A pool's fairness, added up from its entries alone. Amounts in millionths of a lead. */
export interface PoolStatement {
  readonly entries: number;
  /** Entries that are one lead, owed by share and charged to one; the others reverse, write off or bank. */
  readonly turns: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly owed: number;
  readonly received: number;
  readonly worstLag: number;
  /**
   * What no member can ever have been away from what they were owed, proven: one lead, while every turn had the same
   * members with the same shares and went to whom the rule picks (docs/fairness.md). null: no bound holds.
   */
  readonly bound: number | null;
  /** Why no bound holds; null: one does. */
  readonly unboundBecause: 'no_turns' | 'members_changed' | 'not_by_rule' | 'corrections' | null;
  /** In id order. */
  readonly members: readonly MemberStatement[];
}

/** One pool's ledger, kept as its entries come: balances, and what a statement needs. No entry is kept. */
export interface PoolLedger {
  readonly balance: (rep: string) => Balance;
  /** `at`: when the entry was made, epoch milliseconds. */
  readonly post: (posting: Posting, at: number) => void;
  readonly worstLag: () => number;
  readonly statement: () => PoolStatement;
}

interface Page {
  balance: Balance;
  owed: number;
  received: number;
  worstLag: number;
  worstAt: number | null;
}

/** Begins with nobody owed anything. */
export const createPoolLedger = (): PoolLedger => {
  const pages = new Map<string, Page>();
  const seen = { entries: 0, turns: 0, changed: 0, against: 0, worst: 0 };
  let from: number | null = null;
  let to: number | null = null;
  let first: Posting['owed'] | null = null;
  const balance = (rep: string): Balance => pages.get(rep)?.balance ?? NEW_BALANCE;
  const post = (posting: Posting, at: number): void => {
    seen.entries++;
    from ??= at;
    to = at;
    if (isTurn(posting)) {
      seen.turns++;
      first ??= posting.owed;
      if (!sameShares(first, posting.owed)) seen.changed++;
      if (!isByRule(posting, balance)) seen.against++;
    }
    for (const rep of repsOf(posting)) {
      const page = pages.get(rep) ?? newPage();
      pages.set(rep, page);
      enter(page, posting, rep, at);
      if (page.worstLag > seen.worst) seen.worst = page.worstLag;
    }
  };
  return {
    balance,
    post,
    worstLag: () => seen.worst,
    statement: () => {
      const members = [...pages]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([rep, page]) => memberOf(rep, page));
      const unboundBecause = unbound(seen);
      return {
        entries: seen.entries,
        turns: seen.turns,
        from,
        to,
        owed: members.reduce((sum, { owed }) => sum + owed, 0),
        received: members.reduce((sum, { received }) => sum + received, 0),
        worstLag: seen.worst,
        bound: unboundBecause === null ? LEAD : null,
        unboundBecause,
        members,
      };
    },
  };
};

const newPage = (): Page => ({ balance: NEW_BALANCE, owed: 0, received: 0, worstLag: 0, worstAt: null });

const enter = (page: Page, posting: Posting, rep: string, at: number): void => {
  page.balance = applyPosting(page.balance, posting, rep, at);
  page.owed += posting.owed[rep] ?? 0;
  page.received += posting.charged[rep] ?? 0;
  const lag = Math.abs(page.balance.lag);
  if (lag <= page.worstLag) return;
  page.worstLag = lag;
  page.worstAt = at;
};

const memberOf = (rep: string, { balance, ...page }: Page): MemberStatement => ({
  rep,
  owed: page.owed,
  received: page.received,
  lag: balance.lag,
  banked: balance.banked,
  worstLag: page.worstLag,
  worstAt: page.worstAt,
});

/** One lead owed by shares and charged to one of those it was owed to; nothing is banked or released. */
const isTurn = ({ owed, charged, banked, released }: Posting): boolean => {
  let sum = 0;
  for (const rep in owed) {
    if (owed[rep]! < 0) return false;
    sum += owed[rep]!;
  }
  const [taker, other] = Object.keys(charged);
  if (sum !== LEAD || taker === undefined || other !== undefined) return false;
  if (charged[taker] !== LEAD || !(owed[taker]! > 0)) return false;
  for (const rep in banked) if (banked[rep] !== 0) return false;
  for (const rep in released) if (released[rep]!.amount !== 0) return false;
  return true;
};

/** The same members with the same shares, but for the millionth that rounding moves about. */
const sameShares = (first: Posting['owed'], owed: Posting['owed']): boolean => {
  for (const rep in owed) if (Math.abs((first[rep] ?? 0) - owed[rep]!) > 1) return false;
  for (const rep in first) if (first[rep]! > 1 && !((owed[rep] ?? 0) > 0)) return false;
  return true;
};

/** Whether nobody was owed the lead more urgently than the one who got it. */
const isByRule = ({ owed, charged }: Posting, balance: PoolLedger['balance']): boolean => {
  const eligible = Object.keys(owed).filter((rep) => owed[rep]! > 0);
  const standing = (rep: string) => ({ lag: balance(rep).lag + owed[rep]!, share: owed[rep]! });
  const taker = standing(Object.keys(charged)[0]!);
  return eligible.every((rep) => compareUrgency(standing(rep), taker, eligible.length) >= 0);
};

const unbound = (seen: {
  readonly entries: number;
  readonly turns: number;
  readonly changed: number;
  readonly against: number;
}): PoolStatement['unboundBecause'] => {
  if (seen.turns === 0) return 'no_turns';
  if (seen.against > 0) return 'not_by_rule';
  if (seen.entries > seen.turns) return 'corrections';
  return seen.changed > 0 ? 'members_changed' : null;
};
