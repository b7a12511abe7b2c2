import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import type { Decided } from '../decision.ts';
import { NO_HISTORY } from '../lead.ts';
import { applyPosting, repsOf } from '../ledger/balance.ts';
import type { Balance, RoutingState } from '../state.ts';
import type { Circumstances } from './facts.ts';
import { decideIn, goesTo } from './is-choice.ts';

/** When the rep is next: at the so-manieth lead from now, or not among those that were looked at. */
export type NextTurn = { readonly leads: number } | { readonly beyond: number };

/** Looks at members that are worth it: leads times candidates, and leads at most. */
const MOST_LOOKS = 50_000;
const MOST_LEADS = 1_000;

/**
 * How many leads like this one it takes until one is the rep's, everybody staying as available as they were and every
 * offer being accepted. null: they could not have had this one, so no count says when they are next.
 */
export const nextTurn = (
  circumstances: Circumstances,
  compiled: CompiledPolicy,
  decided: Decided,
  rep: string,
): NextTurn | null => {
  const took = decided.steps.find((step) => step.took);
  const own = took?.candidates.find((one) => one.rep === rep);
  if (took?.pool === undefined || (own?.code !== 'chosen' && own?.code !== 'outranked')) return null;
  const byLoad = compiled.pool(took.pool)?.method === 'load_balanced';
  const most = Math.min(MOST_LEADS, Math.ceil(MOST_LOOKS / took.candidates.length));
  const running = createRunning(circumstances.state, byLoad);
  running.take(decided, circumstances.now);
  for (let leads = 1; leads <= most; leads++) {
    const lead = {
      ...circumstances.lead,
      id: `${circumstances.lead.id}+${leads}`,
      history: NO_HISTORY,
      owner: null,
    };
    const now = circumstances.now + leads;
    const next = decideIn({ lead, state: running.state, now: circumstances.now }, compiled);
    if (goesTo(next.outcome, rep)) return { leads };
    running.take(next, now);
  }
  return { beyond: most };
};

/** The state as leads are given away: the ledger follows, and open work where the pool goes by it. */
const createRunning = (state: RoutingState, byLoad: boolean) => {
  const balances = new Map<string, Balance>();
  const taken = new Map<string, number>();
  const balance = (pool: string, rep: string): Balance =>
    balances.get(`${pool}\n${rep}`) ?? state.balance(pool, rep);
  return {
    state: {
      ...state,
      balance,
      rep: (id: string) => {
        const found = state.rep(id);
        const more = taken.get(id);
        if (found === undefined || more === undefined) return found;
        return { ...found, load: { ...found.load, open: found.load.open + more } };
      },
    },
    take: ({ posting, outcome }: Decided, at: number): void => {
      if (posting !== null)
        for (const rep of repsOf(posting))
          balances.set(`${posting.pool}\n${rep}`, applyPosting(balance(posting.pool, rep), posting, rep, at));
      const to =
        outcome.kind === 'assigned' ? outcome.rep : outcome.kind === 'offered' ? outcome.to[0]! : null;
      if (byLoad && to !== null) taken.set(to, (taken.get(to) ?? 0) + 1);
    },
  };
};
