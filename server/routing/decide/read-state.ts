import type { DecisionInputs } from '../decision.ts';
import { NEW_BALANCE } from '../ledger/balance.ts';
import type { Pool } from '../policy/schema.ts';
import {
  type Availability,
  type Balance,
  CAPS,
  type Cap,
  type RepState,
  type RoutingState,
  TIME_SOURCES,
} from '../state.ts';
import type { Seat } from './seat.ts';
import type { Walk } from './walk.ts';

/**
 * What a decision read of one rep, as a row: small to store and quick to hash. Only what could matter is in it: caps
 * the rep has, skills the pool requires, time away where the pool catches up. Instants are milliseconds from the
 * decision's now.
 */
type Row = readonly [
  rep: string,
  /**
   * Bits: 1 known, 2 active, 4 paused, 8 reachable, 16 in hours; 32 and 64 the availability, as its place in CODES; from
   * 128 on its source, as its place in TIME_SOURCES counted from 1 (0: none).
   */
  flags: number,
  endsAt: number | null,
  backAt: number | null,
  open: number,
  lag: number,
  lastAt: number | null,
  caps: readonly CapRow[] | null,
  skills: readonly SkillRow[] | null,
  away: AwayRow | null,
];
type CapRow = readonly [Cap, limit: number, used: number, freesAt: number];
type SkillRow = readonly [string, string | readonly string[]];
type AwayRow = readonly [today: string, banked: number, releasedOn: string | null, releasedToday: number];

const CODES = ['available', 'off_hours', 'time_off', 'holiday'] as const satisfies Availability['code'][];

/** Notes what was read of a pool. */
export const noteRead = (
  walk: Walk,
  pool: Pool,
  teams: readonly (readonly [string, readonly string[]])[],
  seats: readonly Seat[],
): void => {
  for (const [id, reps] of teams) walk.read.teams[id] = reps;
  const catchesUp = pool.catchUp.mode !== 'none';
  const rows = new Array<Row>(seats.length);
  for (let i = 0; i < seats.length; i++) {
    const { rep, state, balance } = seats[i]!;
    const skills = pool.requires.length === 0 || state === undefined ? null : skillsOf(pool, state);
    const away = catchesUp ? awayOf(state, balance) : null;
    rows[i] = rowOf(rep, state, balance, walk.now, skills, away);
  }
  walk.read.pools[pool.id] = rows;
};

/** Notes what was read of a rep whom a step names. */
export const noteReadRep = (walk: Walk, rep: string, state: RepState | undefined): void => {
  walk.read.reps.push(rowOf(rep, state, NEW_BALANCE, walk.now, null, null));
};

/** Notes whom a name stood for: an account's owner by the account, a field's by the field; null: nobody. */
export const noteReadOwner = (walk: Walk, asked: string, rep: string | null): void => {
  walk.read.owners = { ...walk.read.owners, [asked]: rep };
};

const rowOf = (
  rep: string,
  state: RepState | undefined,
  balance: Balance,
  now: number,
  skills: Row[8],
  away: Row[9],
): Row => {
  const availability = state?.availability;
  const endsAt = availability?.endsAt ?? null;
  const backAt = availability?.backAt ?? null;
  return [
    rep,
    state === undefined ? 0 : flagsOf(state),
    endsAt === null ? null : endsAt - now,
    backAt === null ? null : backAt - now,
    state?.load.open ?? 0,
    balance.lag,
    balance.lastAt === null ? null : balance.lastAt - now,
    state === undefined ? null : capsOf(state, now),
    skills,
    away,
  ];
};

const flagsOf = ({ active, paused, reachable, availability }: RepState): number =>
  1 +
  (active ? 2 : 0) +
  (paused ? 4 : 0) +
  (reachable ? 8 : 0) +
  (availability.inHours ? 16 : 0) +
  32 * CODES.indexOf(availability.code) +
  128 * (availability.source === undefined ? 0 : TIME_SOURCES.indexOf(availability.source) + 1);

const capsOf = ({ capacity, load, windowEnds }: RepState, now: number): Row[7] => {
  let caps: CapRow[] | null = null;
  for (const cap of CAPS) {
    const limit = capacity[cap];
    if (limit === undefined) continue;
    caps ??= [];
    caps.push([cap, limit, load[cap], cap === 'open' ? 0 : windowEnds[cap] - now]);
  }
  return caps;
};

const skillsOf = (pool: Pool, state: RepState): Row[8] =>
  pool.requires.flatMap(({ skill }) => {
    const has = state.skills[skill];
    return has === undefined ? [] : [[skill, has] as const];
  });

const awayOf = (state: RepState | undefined, balance: Balance): AwayRow => [
  state?.today ?? '',
  balance.banked,
  balance.releasedOn,
  balance.releasedToday,
];

/** The state a stored decision was made with, as far as it was read. Anything else is unknown or zero. */
export const restoreState = ({ state: read, zones, now }: DecisionInputs): RoutingState => {
  const reps = new Map<string, RepState>();
  const balances = new Map<string, Balance>();
  const restore = (row: Row) => {
    const rep = repFrom(row, now, reps.get(row[0]));
    if (rep !== null) reps.set(row[0], rep);
  };
  for (const [pool, rows] of Object.entries(read.pools))
    for (const row of rows as unknown as readonly Row[]) {
      restore(row);
      balances.set(`${pool}\n${row[0]}`, balanceFrom(row, now));
    }
  for (const row of read.reps as unknown as readonly Row[]) restore(row);
  return {
    zones,
    rep: (id) => reps.get(id),
    balance: (pool, rep) => balances.get(`${pool}\n${rep}`) ?? NEW_BALANCE,
    team: (id) => read.teams[id] ?? [],
    repNamed: (_, asked) => read.owners?.[asked] ?? null,
  };
};

const balanceFrom = ([, , , , , lag, lastAt, , , away]: Row, now: number): Balance => ({
  lag,
  banked: away?.[1] ?? 0,
  releasedOn: away?.[2] ?? null,
  releasedToday: away?.[3] ?? 0,
  lastAt: lastAt === null ? null : lastAt + now,
});

/** `before`: the same rep from another row, which may know other skills and the date. */
const repFrom = (row: Row, now: number, before: RepState | undefined): RepState | null => {
  const [id, flags, endsAt, backAt, open, , , caps, skills, away] = row;
  if (flags === 0) return null;
  const source = TIME_SOURCES[(flags >> 7) - 1];
  const capacity: Partial<Record<Cap, number>> = {};
  const load = { open, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };
  const windowEnds = { perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };
  for (const [cap, limit, used, freesAt] of caps ?? []) {
    capacity[cap] = limit;
    load[cap] = used;
    if (cap !== 'open') windowEnds[cap] = freesAt + now;
  }
  return {
    id,
    active: (flags & 2) !== 0,
    paused: (flags & 4) !== 0,
    reachable: (flags & 8) !== 0,
    availability: {
      code: CODES[(flags >> 5) & 3]!,
      ...(source && { source }),
      inHours: (flags & 16) !== 0,
      endsAt: endsAt === null ? null : endsAt + now,
      backAt: backAt === null ? null : backAt + now,
      validUntil: now + 1,
    },
    capacity,
    load,
    windowEnds,
    skills: { ...before?.skills, ...Object.fromEntries(skills ?? []) },
    today: away?.[0] ?? before?.today ?? '',
  };
};
