import type { CompiledPolicy } from '../../server/routing/decide/compile-policy.ts';
import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { NO_HISTORY } from '../../server/routing/lead.ts';
import { applyPosting, NEW_BALANCE, repsOf } from '../../server/routing/ledger/balance.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import type { Availability, Balance, RepState, RoutingState } from '../../server/routing/state.ts';
import type { Method } from './peers.ts';

const NEVER = Number.MAX_SAFE_INTEGER;
const FREE: Availability = {
  code: 'available',
  inHours: true,
  endsAt: null,
  backAt: null,
  validUntil: NEVER,
};
const AWAY: Availability = { ...FREE, code: 'off_hours', inHours: false };
const NOTHING = { open: 0, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };

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

const onePool = (ids: readonly string[], weights: readonly number[]): CompiledPolicy => {
  const members = ids.map((rep, i) => ({ rep, weight: weights[i]! }));
  const parsed = parsePolicy({
    fairlead: 1,
    name: 'Fairness',
    pools: [{ id: 'pool', members, method: 'round_robin' }],
    fallback: [{ pool: 'pool' }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy({ version: 1, hash: 'sha256:bench', policy: parsed.policy });
};

const repNamed = (id: string, availability: Availability): RepState => ({
  id,
  active: true,
  paused: false,
  reachable: true,
  availability,
  capacity: {},
  load: NOTHING,
  windowEnds: { perHour: NEVER, perDay: NEVER, perWeek: NEVER, perMonth: NEVER },
  skills: {},
  today: '2026-11-24',
});
