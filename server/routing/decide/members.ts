import { dayAt } from '../availability/shifts.ts';
import type { MemberTerms, Pool } from '../policy/schema.ts';
import type { RoutingState } from '../state.ts';
import { dutyOn, type OffDuty } from './duty.ts';
import type { Rota } from './stand-ins.ts';

/** A rep of a pool, and how they share in it. */
export interface PoolMember extends MemberTerms {
  readonly rep: string;
}

/** The reps of a pool in id order, teams spread out. Who is listed twice counts once, as listed first. */
export interface Members {
  readonly list: readonly PoolMember[];
  readonly teams: readonly (readonly [id: string, reps: readonly string[]])[];
  /** Who takes no leads of the pool now, though a member, as far as nobody is stood in for; null: everybody may. */
  readonly off: ReadonlyMap<string, OffDuty> | null;
  /** Whose turn on call it is; null: members take no turns. */
  readonly rota: Rota | null;
  /** Whether some members come only after others. */
  readonly tiered: boolean;
  /** Times this the weights are those listed, as far as ramps have them: for people. */
  readonly scale: number;
}

/** When a pool is looked at. `timezone`: the policy's, whose midnights ramps and turns go by. */
export interface Moment {
  readonly now: number;
  readonly timezone: string;
}

/** Members as listed, and as they are on the day that was asked for last. */
interface Kept {
  readonly members: Members;
  /** Rep ids as listed; teams in id order. */
  readonly order: readonly string[];
  /** Whether who shares, and how, changes with the days. */
  readonly changes: boolean;
  today: { readonly day: number; readonly timezone: string; readonly members: Members } | null;
}

const kept = new WeakMap<Pool, Kept>();

/**
 * The members of a pool at a moment, their weights as their ramps have them. Kept per pool until a team it names
 * changes or the day ends, since every decision asks.
 */
export const poolMembers = (pool: Pool, team: RoutingState['team'], { now, timezone }: Moment): Members => {
  const all = listed(pool, team);
  if (!all.changes) return all.members;
  const day = dayAt(timezone, now);
  if (all.today?.day !== day || all.today.timezone !== timezone) {
    const duty = dutyOn(pool, { list: all.members.list, order: all.order }, { day, timezone });
    all.today = { day, timezone, members: { ...all.members, ...duty } };
  }
  return all.today.members;
};

const listed = (pool: Pool, team: RoutingState['team']): Kept => {
  const before = kept.get(pool);
  if (before?.members.teams.every(([id, reps]) => team(id) === reps) === true) return before;
  const spreadOut = spread(pool, team);
  kept.set(pool, spreadOut);
  return spreadOut;
};

const spread = (pool: Pool, team: RoutingState['team']): Kept => {
  const members = new Map<string, PoolMember>();
  const teams: [string, readonly string[]][] = [];
  for (const member of pool.members) {
    const reps = member.kind === 'rep' ? [member.rep] : team(member.team);
    if (member.kind === 'team') teams.push([member.team, reps]);
    const { weight, ramp, priority, territories } = member;
    const terms = {
      weight,
      ...(ramp && { ramp }),
      ...(priority !== undefined && { priority }),
      ...(territories && { territories }),
    };
    for (const rep of reps) if (!members.has(rep)) members.set(rep, { rep, ...terms });
  }
  const list = [...members.values()].sort((a, b) => (a.rep < b.rep ? -1 : 1));
  const changes = pool.onCall !== undefined || list.some(({ ramp }) => ramp !== undefined);
  const tiered = list.some(({ priority }) => priority !== undefined);
  return {
    members: { list, teams, off: null, rota: null, tiered, scale: 1 },
    order: [...members.keys()],
    changes,
    today: null,
  };
};
