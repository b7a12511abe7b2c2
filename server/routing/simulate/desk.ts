import type { HolidayDates } from '../availability/shifts.ts';
import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import { decide } from '../decide/decide.ts';
import type { Decided } from '../decision.ts';
import { type EarlierLead, type Lead, type LeadHistory, type LeadValues, NO_HISTORY } from '../lead.ts';
import { NEW_BALANCE } from '../ledger/balance.ts';
import { createPoolLedger, type PoolLedger } from '../ledger/pool-ledger.ts';
import { repLookUp } from '../policy/rep-names.ts';
import type { Rep } from '../policy/schema.ts';
import { teamLookUp } from '../policy/teams.ts';
import type { Balance, RepState, RoutingState } from '../state.ts';
import { accept } from './accept.ts';
import { createEarlierBook } from './earlier-book.ts';
import { createRepBook } from './rep-book.ts';

/** What leads are decided with when nothing is stored. */
export interface DeskParts {
  readonly compiled: CompiledPolicy;
  readonly reps: readonly Rep[];
  readonly holidays: HolidayDates;
  /** Version of the time zone data. */
  readonly zones: string;
}

/** What was decided about a lead, and who has it now: the assigned, or who took the offer; null: nobody. */
export interface Given {
  readonly decided: Decided;
  readonly taker: string | null;
}

/** Reps at one moment of the past, and whom accounts and fields named then. */
export type KnownReps = Pick<RoutingState, 'rep' | 'repNamed'>;

/** Decides leads in memory, each with what the ones before left behind; offers count as accepted at once. */
export interface Desk {
  /** `known`: reps as they are known to have been at this moment; their loads are the desk's all the same. */
  readonly give: (lead: Lead, now: number, known?: KnownReps) => Given;
  /**
   * The history of a lead that comes now: who had its person before, where the policy asks. `more`: earlier leads known
   * from elsewhere; of those the desk gave, it knows better.
   */
  readonly historyOf: (values: LeadValues, more?: readonly EarlierLead[]) => LeadHistory;
  /** One of the rep's leads is closed. */
  readonly release: (rep: string, lead: string) => void;
  readonly rep: (id: string, now: number) => RepState | undefined;
  /** A pool's ledger; undefined: it gave no lead yet. */
  readonly ledger: (pool: string) => PoolLedger | undefined;
}

/** Starts with nobody owed anything and nobody busy. */
export const createDesk = ({ compiled, reps, holidays, zones }: DeskParts): Desk => {
  const book = createRepBook(reps, compiled.policy, holidays);
  const ledgers = new Map<string, PoolLedger>();
  const team = teamLookUp(reps);
  const named = repLookUp(reps);
  const earlier = createEarlierBook(compiled);
  const balance = (pool: string, rep: string): Balance => ledgers.get(pool)?.balance(rep) ?? NEW_BALANCE;
  const ledgerOf = (pool: string): PoolLedger => {
    const ledger = ledgers.get(pool) ?? createPoolLedger();
    ledgers.set(pool, ledger);
    return ledger;
  };
  return {
    give: (lead, now, known) => {
      const rep: RoutingState['rep'] =
        known === undefined ? (id) => book.at(id, now) : (id) => asKnown(book.at(id, now), known.rep(id));
      const repNamed: RoutingState['repNamed'] = (name, asked) =>
        named(name) ?? known?.repNamed?.(name, asked) ?? null;
      const state: RoutingState = { zones, rep, balance, team, repNamed };
      const decided = decide(lead, compiled, state, now);
      const { taker, posting } = accept(decided, compiled, state, { id: lead.id, now });
      if (posting !== null) ledgerOf(posting.pool).post(posting, now);
      if (taker !== null) {
        book.take(taker, now);
        earlier.add(lead.id, lead.values, taker);
      }
      return { decided, taker };
    },
    historyOf: (values, more = []) => {
      const found = earlier.of(values);
      if (found === null) return NO_HISTORY;
      const ours = new Set(found.map(({ lead }) => lead));
      const all = [...found, ...more.filter(({ lead }) => !ours.has(lead))];
      return { attempts: {}, declined: [], earlier: all, missed: [], waits: {} };
    },
    release: (rep, lead) => {
      book.release(rep);
      earlier.close(lead);
    },
    rep: book.at,
    ledger: (pool) => ledgers.get(pool),
  };
};

/** Hours, absences and switches as they were; caps, skills and loads as the desk has them. */
const asKnown = (computed: RepState | undefined, known: RepState | undefined): RepState | undefined => {
  if (computed === undefined || known === undefined) return computed;
  const { active, paused, reachable, availability } = known;
  return { ...computed, active, paused, reachable, availability };
};
