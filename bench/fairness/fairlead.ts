import { decide } from '../../server/routing/decide/decide.ts';
import { NO_HISTORY } from '../../server/routing/lead.ts';
import { applyPosting, NEW_BALANCE, repsOf } from '../../server/routing/ledger/balance.ts';
import type { Balance, RoutingState } from '../../server/routing/state.ts';
import { AWAY, FREE, onePool, repNamed } from './one-pool.ts';
import type { Method } from './peers.ts';

/** The product's own decision, whole: policy, eligibility, ledger. Members are off hours when they are not free. */
export const fairlead: Method = (weights) => {
  const ids = weights.map((_, i) => `rep${String(i).padStart(4, '0')}`);
  const compiled = onePool(ids, weights);
  const reps = new Map(ids.map((id) => [id, repNamed(id, FREE)]));
  const away = new Map(ids.map((id) => [id, repNamed(id, AWAY)]));
  const balances = new Map<string, Balance>();
  let now = 0;
  return (free) => {
    const freeIds = new Set(free.map((i) => ids[i]!));
    const state: RoutingState = {
      zones: 'bench',
      rep: (id) => (freeIds.has(id) ? reps : away).get(id),
      balance: (_, rep) => balances.get(rep) ?? NEW_BALANCE,
      team: () => [],
    };
    now += 1;
    const lead = { id: `lead-${now}`, values: {}, digest: 'sha256:', history: NO_HISTORY, owner: null };
    const { outcome, posting } = decide(lead, compiled, state, now);
    if (outcome.kind !== 'assigned' || posting === null) throw new Error(`lead ${now} is ${outcome.kind}`);
    for (const rep of repsOf(posting))
      balances.set(rep, applyPosting(balances.get(rep) ?? NEW_BALANCE, posting, rep, now));
    return ids.indexOf(outcome.rep);
  };
};
