import { type CompiledPolicy, compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import type { Decided } from '../../server/routing/decision.ts';
import type { Lead, LeadHistory, LeadValues } from '../../server/routing/lead.ts';
import { NO_HISTORY } from '../../server/routing/lead.ts';
import { applyPosting, NEW_BALANCE, repsOf } from '../../server/routing/ledger/balance.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import type { Names } from '../../server/routing/render/render-decision.ts';
import type { Availability, Balance, Posting, RepState, RoutingState } from '../../server/routing/state.ts';

/** Tuesday 24 November 2026, 15:00 UTC. */
export const NOW = Date.parse('2026-11-24T15:00:00Z');
export const HOUR = 3_600_000;

export const AT_WORK: Availability = {
  code: 'available',
  inHours: true,
  endsAt: NOW + 4 * HOUR,
  backAt: null,
  validUntil: NOW + HOUR,
};

/** Away until `backAt`; off hours unless another code is given. */
export const away = (backAt: number | null, code: Availability['code'] = 'off_hours'): Availability => ({
  code,
  inHours: code !== 'off_hours',
  endsAt: null,
  backAt,
  validUntil: NOW + HOUR,
});

/** A rep at work with nothing to do, but for what is given. */
export const repAt = (id: string, given: Partial<RepState> = {}): RepState => ({
  id,
  active: true,
  paused: false,
  reachable: true,
  availability: AT_WORK,
  capacity: {},
  load: { open: 0, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 },
  windowEnds: {
    perHour: NOW + HOUR,
    perDay: NOW + 9 * HOUR,
    perWeek: NOW + 100 * HOUR,
    perMonth: NOW + 150 * HOUR,
  },
  skills: {},
  today: '2026-11-24',
  ...given,
});

/** Compiles a policy document; throws its problems. */
export const policyOf = (document: Record<string, unknown>): CompiledPolicy => {
  const parsed = parsePolicy({ fairlead: 1, name: 'Test', ...document });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy({ version: 1, hash: 'sha256:test', policy: parsed.policy });
};

export const leadOf = (
  id: string,
  given: { values?: LeadValues; history?: Partial<LeadHistory>; owner?: Lead['owner'] } = {},
): Lead => ({
  id,
  values: given.values ?? {},
  digest: 'sha256:values',
  history: { ...NO_HISTORY, ...given.history },
  owner: given.owner ?? null,
});

/** Reps and a ledger that a test can post to. */
export interface World {
  readonly state: RoutingState;
  readonly reps: Map<string, RepState>;
  readonly post: (posting: Posting | null, at?: number) => void;
  readonly balance: (pool: string, rep: string) => Balance;
}

export const worldOf = (
  reps: readonly RepState[],
  teams: Readonly<Record<string, readonly string[]>> = {},
): World => {
  const known = new Map(reps.map((rep) => [rep.id, rep]));
  const balances = new Map<string, Balance>();
  const balance = (pool: string, rep: string) => balances.get(`${pool}/${rep}`) ?? NEW_BALANCE;
  return {
    reps: known,
    balance,
    state: { zones: '2026b', rep: (id) => known.get(id), balance, team: (id) => teams[id] ?? [] },
    post: (posting, at = NOW) => {
      if (posting === null) return;
      for (const rep of repsOf(posting))
        balances.set(`${posting.pool}/${rep}`, applyPosting(balance(posting.pool, rep), posting, rep, at));
    },
  };
};

/** Codes of everybody the last step looked at, by rep. */
export const codesOf = ({ steps }: Decided): Record<string, string> =>
  Object.fromEntries((steps.at(-1)?.candidates ?? []).map(({ rep, code }) => [rep, code]));

/** A pool of round robin, of reps by id or members as a policy has them. */
export const pool = (members: unknown[], more: Record<string, unknown> = {}) => ({
  id: 'desk',
  members: members.map((member) => (typeof member === 'string' ? { rep: member } : member)),
  method: 'round_robin',
  ...more,
});

/** A policy that assigns to the first of these pools that has somebody. */
export const assignTo = (...pools: Record<string, unknown>[]) =>
  policyOf({ pools, fallback: pools.map(({ id }) => ({ pool: id })) });

/** Everything goes by its id. */
export const IDS_AS_NAMES: Names = {
  rep: (id) => id,
  pool: (id) => id,
  rule: (id) => id,
  queue: (id) => id,
  account: (id) => id,
  territory: (id) => id,
  tier: (id) => id,
  points: (index) => String(index),
};
