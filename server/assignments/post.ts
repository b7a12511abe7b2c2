import { applyPosting, repsOf } from '../routing/ledger/balance.ts';
import { reversePosting } from '../routing/ledger/posting.ts';
import type { Posting } from '../routing/state.ts';
import { balanceOf, balancesOf } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LedgerEntry, StoredBalance } from './stored.ts';

/** Posts to a pool's ledger for the decision in force: an entry is appended and the balances follow. */
export const post = (
  session: LaneSession,
  file: LeadFile,
  kind: LedgerEntry['kind'],
  posting: Posting,
  adjustmentId?: string,
): void => {
  const entry: LedgerEntry = {
    decisionId: file.decision.id,
    assignmentId: file.assignment.id,
    kind,
    at: session.now,
    posting,
    ...(adjustmentId !== undefined && { adjustmentId }),
  };
  file.entries = [...file.entries, entry];
  append(session, entry);
};

/** Appends an entry to a pool's ledger; the balances follow. */
export const append = (session: LaneSession, entry: LedgerEntry): void => {
  const { posting } = entry;
  session.changes.entries.push(entry);
  const balances = balancesOf(session.memory.state, posting.pool);
  for (const rep of repsOf(posting)) {
    const balance = balanceAfter(
      balanceOf(session.memory.state, posting.pool, rep),
      posting,
      rep,
      session.now,
    );
    balances.set(rep, balance);
    session.changes.balances.set(`${posting.pool}\n${rep}`, { pool: posting.pool, rep, balance });
  }
};

/** A member's stored balance after a posting. */
export const balanceAfter = (
  balance: StoredBalance,
  posting: Posting,
  rep: string,
  at: number,
): StoredBalance => ({
  ...applyPosting(balance, posting, rep, at),
  received: balance.received + Math.sign(posting.charged[rep] ?? 0),
});

/** What the decision in force has posted and not reversed; undefined: nothing. */
export const standingEntry = (file: LeadFile): LedgerEntry | undefined => {
  const last = file.entries.at(-1);
  return last?.kind === 'reversal' ? undefined : last;
};

/** Reverses whatever the decision in force has posted and not yet reversed: the turn is given back. */
export const reverse = (session: LaneSession, file: LeadFile, adjustmentId?: string): void => {
  const standing = standingEntry(file);
  if (standing === undefined) return;
  const charged = Object.keys(standing.posting.charged)[0];
  const lastAt =
    charged === undefined ? null : balanceOf(session.memory.state, standing.posting.pool, charged).lastAt;
  post(session, file, 'reversal', reversePosting(standing, lastAt), adjustmentId);
};
