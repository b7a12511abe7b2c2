import type { HolidayDates } from '../routing/availability/shifts.ts';
import { decide } from '../routing/decide/decide.ts';
import type { Decided } from '../routing/decision.ts';
import { digestLead } from '../routing/hash/decision-hash.ts';
import { type EarlierLead, type LeadHistory, NO_HISTORY } from '../routing/lead.ts';
import { repLookUp } from '../routing/policy/rep-names.ts';
import { teamLookUp } from '../routing/policy/teams.ts';
import type { RoutingState } from '../routing/state.ts';
import { accept } from './accept.ts';
import { createEarlierBook } from './earlier-book.ts';
import { createLedgerBook, type LedgerBook } from './ledger-book.ts';
import type { LeadRow } from './read-leads.ts';
import type { PolicyFile } from './read-policy-file.ts';
import { createRepBook } from './rep-book.ts';

/** A row and what the policy said about it. */
export interface Routed {
  readonly row: LeadRow;
  readonly decided: Decided;
  /** Who has the lead now: the assigned, or who took the offer; null: nobody. */
  readonly taker: string | null;
}

/** Decides leads one after the other, each with what the ones before left behind. */
export interface Routing {
  readonly route: (row: LeadRow) => Routed;
  readonly worstLag: LedgerBook['worstLag'];
}

/** Nothing is stored, so there is nothing to keep apart: the same file gives the same hashes. */
const SALT = '';

/** Starts with nobody owed anything and nobody busy. */
export const createRouting = ({ compiled, reps }: PolicyFile, holidays: HolidayDates): Routing => {
  const book = createRepBook(reps, compiled.policy, holidays);
  const ledger = createLedgerBook();
  const team = teamLookUp(reps);
  const repNamed = repLookUp(reps);
  const earlier = createEarlierBook(compiled);
  const stateAt = (now: number): RoutingState => ({
    zones: process.versions.tz ?? 'unknown',
    rep: (id) => book.at(id, now),
    balance: ledger.balance,
    team,
    repNamed,
  });
  const route = (row: LeadRow): Routed => {
    const { id, values, arrivedAt: now } = row;
    const state = stateAt(now);
    const lead = {
      id,
      values,
      digest: digestLead(values, SALT),
      history: historyOf(earlier.of(values)),
      owner: null,
    };
    const decided = decide(lead, compiled, state, now);
    const { taker, posting } = accept(decided, compiled, state, id);
    if (posting !== null) ledger.post(posting, now);
    if (taker !== null) book.take(taker, now);
    if (taker !== null) earlier.add(id, values, taker);
    return { row, decided, taker };
  };
  return { route, worstLag: ledger.worstLag };
};

const historyOf = (earlier: readonly EarlierLead[] | null): LeadHistory =>
  earlier === null ? NO_HISTORY : { attempts: {}, declined: [], earlier, missed: [], waits: {} };
