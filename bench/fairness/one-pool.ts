import { type CompiledPolicy, compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import type { Availability, RepState } from '../../server/routing/state.ts';

const NEVER = Number.MAX_SAFE_INTEGER;
/** At work, with no end in sight. */
export const FREE: Availability = {
  code: 'available',
  inHours: true,
  endsAt: null,
  backAt: null,
  validUntil: NEVER,
};
export const AWAY: Availability = { ...FREE, code: 'off_hours', inHours: false };
const NOTHING = { open: 0, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };

/** A policy of one round-robin pool that takes every lead. */
export const onePool = (ids: readonly string[], weights: readonly number[]): CompiledPolicy => {
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

/** A rep without caps or skills. */
export const repNamed = (id: string, availability: Availability): RepState => ({
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
