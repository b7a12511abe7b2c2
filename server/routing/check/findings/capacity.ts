import { poolMembers } from '../../decide/members.ts';
import type { Policy, Rep } from '../../policy/schema.ts';
import { teamLookUp } from '../../policy/teams.ts';
import type { Finding } from '../finding.ts';
import type { CheckInput } from '../subject.ts';
import { NO_WITNESS } from '../witness.ts';
import { type Stretches, workedTime } from '../worked-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const MONTHS = 12;
/** Calendar weeks that a year may touch. */
const WEEKS = 54;

/**
 * Whether the caps of all reps together can take so many leads a month, year in, year out. What they take is counted
 * generously (every window full, whatever the skills), so a finding is proven; `open` is left out, since it frees as
 * fast as work is done.
 */
export const findCapacity = (input: CheckInput): readonly Finding[] => {
  const { volume } = input;
  if (volume === undefined) return [];
  const worked = workedTime(input, input.now, input.now + YEAR);
  const takers = takersOf(input);
  const year = [...takers].reduce(
    (sum, [rep, anytime]) => sum + mostIn(rep, anytime ? null : worked([rep], 'actual')),
    0,
  );
  const month = Math.floor(year / MONTHS);
  if (volume <= month) return [];
  return [
    {
      severity: 'error',
      code: 'capacity',
      rules: [],
      message:
        `The caps of ${takers.size === 1 ? 'the one rep' : `all ${takers.size} reps`} together take at most ` +
        `${month.toLocaleString('en')} leads a month, and ${volume.toLocaleString('en')} come. Raise caps or add reps.`,
      ...NO_WITNESS,
    },
  ];
};

/** Who may take a lead, and whether a pool gives to them outside their hours. */
const takersOf = ({ compiled: { policy }, reps, now }: CheckInput): ReadonlyMap<Rep, boolean> => {
  const known = new Map(reps.map((rep) => [rep.id, rep]));
  const team = teamLookUp(reps);
  const takers = new Map<Rep, boolean>();
  const add = (id: string, anytime: boolean): void => {
    const rep = known.get(id);
    if (rep !== undefined) takers.set(rep, anytime || takers.get(rep) === true);
  };
  const used = stepsOf(policy);
  for (const pool of policy.pools)
    if (used.some((step) => step.kind === 'pool' && step.pool === pool.id))
      for (const { rep } of poolMembers(pool, team, { now, timezone: policy.timezone }).list)
        add(rep, pool.availability.kind !== 'now');
  for (const step of used) if (step.kind === 'rep') add(step.rep, false);
  return takers;
};

const stepsOf = ({ rules, fallback }: Policy): Policy['fallback'] => [
  ...rules.flatMap(({ steps }) => steps),
  ...fallback,
];

/** The most leads a rep's caps allow in a year. `worked` null: they are given leads at any hour. */
const mostIn = ({ capacity }: Rep, worked: Stretches | null): number => {
  const windows = {
    perHour: windowsIn(worked, HOUR),
    perDay: windowsIn(worked, DAY),
    perWeek: WEEKS,
    perMonth: MONTHS + 1,
  };
  const bounds = (['perHour', 'perDay', 'perWeek', 'perMonth'] as const).flatMap((cap) => {
    const limit = capacity[cap];
    return limit === undefined ? [] : [limit * windows[cap]];
  });
  return Math.min(Number.POSITIVE_INFINITY, ...bounds);
};

/** Windows that work touches: each stretch may touch one more than its length says. */
const windowsIn = (worked: Stretches | null, length: number): number =>
  worked === null
    ? Math.ceil(YEAR / length) + 1
    : worked.reduce((sum, [from, to]) => sum + Math.ceil((to - from) / length) + 1, 0);
