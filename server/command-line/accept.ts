import type { CompiledPolicy } from '../routing/decide/compiled-policy.ts';
import { poolMembers } from '../routing/decide/members.ts';
import type { Candidate, Decided } from '../routing/decision.ts';
import { postGiven } from '../routing/ledger/posting.ts';
import { phaseOf } from '../routing/ledger/shares.ts';
import type { Posting, RoutingState } from '../routing/state.ts';

/** Who has a lead once every offer is accepted at once, and what the pool's ledger is told. */
export interface Accepted {
  readonly taker: string | null;
  readonly posting: Posting | null;
}

const NOBODY: Accepted = Object.freeze({ taker: null, posting: null });

/**
 * Accepts offers at once: an offer by the one it is held out to; one to all by whoever of them the pool owes most,
 * since who would be quickest nobody knows.
 */
export const accept = (
  decided: Decided,
  compiled: CompiledPolicy,
  state: RoutingState,
  lead: string,
): Accepted => {
  const { outcome, posting, logOnly } = decided;
  if (logOnly) return NOBODY;
  switch (outcome.kind) {
    case 'assigned':
      return { taker: outcome.rep, posting };
    case 'offered':
      return outcome.broadcast
        ? claimed(decided, compiled, state, lead)
        : { taker: outcome.to[0] ?? null, posting };
    case 'waiting':
    case 'in_queue':
    case 'not_routed':
      return NOBODY;
    default:
      return outcome satisfies never;
  }
};

type Asked = Extract<Candidate, { code: 'chosen' }>;

/** The ledger is told of an offer to all when it is claimed: everybody asked is owed, the one who took it charged. */
const claimed = (
  { pool: id, steps }: Decided,
  compiled: CompiledPolicy,
  state: RoutingState,
  lead: string,
): Accepted => {
  const asked = (steps.at(-1)?.candidates ?? []).filter((one): one is Asked => one.code === 'chosen');
  const pool = id === null ? undefined : compiled.pool(id);
  const [taker] = asked.map(({ rep }) => rep).sort(byTurn(asked));
  if (pool === undefined || taker === undefined) return { taker: taker ?? null, posting: null };
  const weights = new Map(poolMembers(pool, state.team).list.map(({ rep, weight }) => [rep, weight]));
  const members = asked.map(({ rep }) => ({ rep, weight: weights.get(rep) ?? 1 }));
  const { lastAt } = state.balance(pool.id, taker);
  return { taker, posting: postGiven({ pool: pool.id, members, rep: taker }, lastAt, phaseOf(lead)) };
};

/** Most owed first, then by id. */
const byTurn = (asked: readonly Asked[]) => {
  const lags = new Map(asked.map(({ rep, lag }) => [rep, lag]));
  return (a: string, b: string): number => lags.get(b)! - lags.get(a)! || (a < b ? -1 : 1);
};
