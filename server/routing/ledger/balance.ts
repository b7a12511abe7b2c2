import type { Balance, Posting, SkipChange } from '../state.ts';

/** Where every member starts: owed nothing, owing nothing. */
export const NEW_BALANCE: Balance = Object.freeze({
  lag: 0,
  banked: 0,
  releasedOn: null,
  releasedToday: 0,
  lastAt: null,
});

/** One rep's balance after a posting. `at`: when the posting's lead was given. */
export const applyPosting = (balance: Balance, posting: Posting, rep: string, at: number): Balance => {
  const owed = posting.owed[rep] ?? 0;
  const charged = posting.charged[rep] ?? 0;
  const banked = posting.banked[rep] ?? 0;
  const release = posting.released[rep];
  const amount = release?.amount ?? 0;
  return {
    lag: balance.lag + owed - banked - charged + amount,
    banked: balance.banked + banked - amount,
    ...allowance(balance, release?.on ?? null, amount),
    lastAt: charged === 0 ? balance.lastAt : charged > 0 ? at : posting.previousAt,
    ...skipAfter(balance, posting.skips?.[rep]),
  };
};

const skipAfter = ({ skip }: Balance, change: SkipChange | undefined): Pick<Balance, 'skip'> => {
  const next = change !== undefined && change.from === (skip ?? null) ? change.to : skip;
  return next === null || next === undefined ? {} : { skip: next };
};

/** What the member has been released on the latest day; a reversal of an earlier day's release changes nothing. */
const allowance = (balance: Balance, on: string | null, amount: number) => {
  const { releasedOn, releasedToday } = balance;
  if (on === null || (releasedOn !== null && on < releasedOn)) return { releasedOn, releasedToday };
  return { releasedOn: on, releasedToday: (on === releasedOn ? releasedToday : 0) + amount };
};

/** An entry of the ledger: a posting and when it was made. */
export interface LedgerEntry {
  readonly posting: Posting;
  readonly at: number;
}

/** Every rep a posting touches. */
export const repsOf = (posting: Posting): ReadonlySet<string> =>
  new Set([
    ...Object.keys(posting.owed),
    ...Object.keys(posting.charged),
    ...Object.keys(posting.banked),
    ...Object.keys(posting.released),
    ...Object.keys(posting.skips ?? {}),
  ]);

/** All balances of one pool from its entries, oldest first: what the kept balances must equal. */
export const balancesFrom = (entries: Iterable<LedgerEntry>): ReadonlyMap<string, Balance> => {
  const balances = new Map<string, Balance>();
  for (const { posting, at } of entries)
    for (const rep of repsOf(posting))
      balances.set(rep, applyPosting(balances.get(rep) ?? NEW_BALANCE, posting, rep, at));
  return balances;
};
