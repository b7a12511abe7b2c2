import type { ReadState } from '../decision.ts';
import { NEW_BALANCE } from '../ledger/balance.ts';
import type { Pool } from '../policy/schema.ts';
import { type Balance, CAPS, type Cap, type RepState, type RoutingState } from '../state.ts';
import type { Seat } from './seat.ts';
import type { Walk } from './walk.ts';

/**
 * What a decision read of one rep, as a row: small to store and quick to hash. Only what could matter is in it:
 * caps the rep has, skills the pool requires. The tail is the balance in the pool.
 */
type Row = readonly [
  rep: string,
  /** `active`, `paused`, `reachable` as bits 1, 2, 4; null: no such rep. */
  flags: number | null,
  code: RepState['availability']['code'] | null,
  endsAt: number | null,
  backAt: number | null,
  validUntil: number,
  today: string,
  open: number,
  caps: readonly (readonly [Cap, limit: number, used: number, freesAt: number])[],
  skills: readonly (readonly [string, string | readonly string[]])[],
  lag: number,
  banked: number,
  releasedOn: string | null,
  releasedToday: number,
  lastAt: number | null,
];

const NO_CAPS: Row[8] = Object.freeze([]);
const NO_SKILLS: Row[9] = Object.freeze([]);

/** Notes what was read of a pool. */
export const noteRead = (
  read: Walk['read'],
  pool: Pool,
  teams: readonly (readonly [string, readonly string[]])[],
  seats: readonly Seat[],
): void => {
  for (const [id, reps] of teams) read.teams[id] = reps;
  const rows = new Array<Row>(seats.length);
  for (let i = 0; i < seats.length; i++) {
    const { rep, state, balance } = seats[i]!;
    rows[i] = rowOf(rep, state, balance, pool.requires.length === 0 ? NO_SKILLS : skillsOf(pool, state));
  }
  read.pools[pool.id] = rows;
};

/** Notes what was read of a rep whom a step names. */
export const noteReadRep = (read: Walk['read'], rep: string, state: RepState | undefined): void => {
  read.reps.push(rowOf(rep, state, NEW_BALANCE, NO_SKILLS));
};

const rowOf = (rep: string, state: RepState | undefined, balance: Balance, skills: Row[9]): Row => {
  const availability = state?.availability;
  return [
    rep,
    state === undefined ? null : flagsOf(state),
    availability?.code ?? null,
    availability?.endsAt ?? null,
    availability?.backAt ?? null,
    availability?.validUntil ?? 0,
    state?.today ?? '',
    state?.load.open ?? 0,
    state === undefined ? NO_CAPS : capsOf(state),
    skills,
    balance.lag,
    balance.banked,
    balance.releasedOn,
    balance.releasedToday,
    balance.lastAt,
  ];
};

const flagsOf = ({ active, paused, reachable }: RepState): number =>
  (active ? 1 : 0) + (paused ? 2 : 0) + (reachable ? 4 : 0);

const capsOf = ({ capacity, load, windowEnds }: RepState): Row[8] => {
  const caps: [Cap, number, number, number][] = [];
  for (const cap of CAPS) {
    const limit = capacity[cap];
    if (limit !== undefined) caps.push([cap, limit, load[cap], cap === 'open' ? 0 : windowEnds[cap]]);
  }
  return caps;
};

const skillsOf = (pool: Pool, state: RepState | undefined): Row[9] =>
  pool.requires.flatMap(({ skill }) => {
    const has = state?.skills[skill];
    return has === undefined ? [] : [[skill, has] as const];
  });

/** The state a stored decision was made with, as far as it was read. Anything else is unknown or zero. */
export const restoreState = (read: ReadState, zones: string): RoutingState => {
  const reps = new Map<string, RepState>();
  const balances = new Map<string, Balance>();
  const restore = (row: Row) => {
    const rep = repFrom(row, reps.get(row[0])?.skills ?? {});
    if (rep !== null) reps.set(row[0], rep);
  };
  for (const [pool, rows] of Object.entries(read.pools))
    for (const row of rows as readonly Row[]) {
      restore(row);
      balances.set(`${pool}\n${row[0]}`, balanceFrom(row));
    }
  for (const row of read.reps as readonly Row[]) restore(row);
  return {
    zones,
    rep: (id) => reps.get(id),
    balance: (pool, rep) => balances.get(`${pool}\n${rep}`) ?? NEW_BALANCE,
    team: (id) => read.teams[id] ?? [],
  };
};

const balanceFrom = ([, , , , , , , , , , lag, banked, releasedOn, releasedToday, lastAt]: Row): Balance => ({
  lag,
  banked,
  releasedOn,
  releasedToday,
  lastAt,
});

const repFrom = (row: Row, skills: RepState['skills']): RepState | null => {
  const [id, flags, code, endsAt, backAt, validUntil, today, open, caps, read] = row;
  if (flags === null || code === null) return null;
  const capacity: Partial<Record<Cap, number>> = {};
  const load = { open, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };
  const windowEnds = { perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };
  for (const [cap, limit, used, freesAt] of caps) {
    capacity[cap] = limit;
    load[cap] = used;
    if (cap !== 'open') windowEnds[cap] = freesAt;
  }
  return {
    id,
    active: (flags & 1) !== 0,
    paused: (flags & 2) !== 0,
    reachable: (flags & 4) !== 0,
    availability: { code, endsAt, backAt, validUntil },
    capacity,
    load,
    windowEnds,
    skills: { ...skills, ...Object.fromEntries(read) },
    today,
  };
};
