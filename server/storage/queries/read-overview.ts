import type { Availabilities } from '../../assignments/availabilities.ts';
import type { Overview } from '../../assignments/queries.ts';
import { noLoad } from '../../assignments/rep-load.ts';
import { createRepStates } from '../../assignments/rep-states.ts';
import type { Roster } from '../../assignments/roster.ts';
import { isThere } from '../../routing/decide/eligibility.ts';
import { type Members, poolMembers } from '../../routing/decide/members.ts';
import { dutyNow } from '../../routing/decide/stand-ins.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Policy, Pool } from '../../routing/policy/schema.ts';
import type { Trx } from '../storage.ts';
import { decisionCounts, type Minutes } from './decision-counts.ts';
import type { OverviewCounts } from './overview-counts.ts';
import { type MemberRow, readAlerts, readConnections, readMembers, readOpenWork } from './overview-rows.ts';
import type { TenantReads } from './tenant-reads.ts';

/** Ledger amounts are millionths of a lead. */
export const MILLIONTHS = 1_000_000;

export interface OverviewParts {
  readonly reads: TenantReads;
  /** Makes availability for a policy's defaults (zone, hours). */
  readonly availabilities: (policy: Policy | null) => Availabilities;
}

interface OverviewNumbers {
  readonly counts: OverviewCounts;
  readonly minutes: Minutes;
}

/** What the live page draws, at one moment. `now` in epoch milliseconds. */
export const readOverview = async (
  trx: Trx,
  tenantId: string,
  now: number,
  { reads, availabilities, counts, minutes }: OverviewParts & OverviewNumbers,
): Promise<Overview> => {
  const lane = await trx
    .selectFrom('lane')
    .innerJoin('tenant', 'tenant.id', 'lane.tenant_id')
    .select(['tenant.name', 'lane.mode', 'lane.paused', 'lane.policy_version'])
    .where('lane.tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  const roster = await reads.roster(trx, tenantId);
  const live = await reads.policy(trx, tenantId, lane.policy_version);
  const policy =
    live &&
    resolveReps(
      live.policy,
      [...roster.reps.values()].map(({ rep }) => rep),
    ).policy;
  const balances = await readMembers(trx, tenantId);
  const openWork = await readOpenWork(trx, tenantId);
  const availabilityOf = availabilities(policy);
  const drawMember = (pool: Pool) =>
    memberDrawer(pool, roster, balances, openWork, (rep) => stateOf(rep, roster, availabilityOf, now));
  const reps = createRepStates(roster, policy?.timezone ?? 'UTC', availabilityOf, noLoad);
  const dayBegan = startOfDay(now, policy?.timezone ?? 'UTC');
  const slas = await counts.slas(trx, tenantId, now, dayBegan);
  const open = await counts.open(trx, tenantId, now, dayBegan);
  const decided = decisionCounts(minutes, now, dayBegan.getTime());
  return {
    tenant: {
      name: lane.name,
      mode: lane.mode === 'log_only' ? 'log_only' : 'live',
      paused: lane.paused,
      policyVersion: lane.policy_version,
    },
    counts: { decidedToday: decided.today, ...open },
    ...(slas !== null && { slas }),
    perMinute: decided.perMinute,
    pools: (policy?.pools ?? []).map((pool) => {
      const moment = { now, timezone: policy?.timezone ?? 'UTC' };
      return drawPool(pool, poolMembers(pool, roster.team, moment), drawMember(pool), (rep) =>
        isThere(reps.at(rep, now), pool, now),
      );
    }),
    connections: await readConnections(trx, tenantId),
    alerts: await readAlerts(trx, tenantId),
  };
};

type PoolView = Overview['pools'][number];
type MemberView = PoolView['members'][number];

const drawPool = (
  pool: Pool,
  all: Members,
  draw: (member: { rep: string; weight: number }) => MemberView,
  there: (rep: string) => boolean,
): PoolView => {
  const { off, standIns } = dutyNow(all, there);
  const drawn = new Map(all.list.map(({ rep, weight }) => [rep, draw({ rep, weight: weight * all.scale })]));
  const members = [...drawn].map(([rep, member]): MemberView => {
    if (off?.has(rep)) return { ...member, availability: 'off_duty' };
    const standsInFor = drawn.get(standIns.get(rep) ?? '')?.rep;
    return standsInFor === undefined ? member : { ...member, standsInFor };
  });
  const worst = Math.max(0, ...members.map(({ lag }) => Math.abs(lag)));
  return { id: pool.id, name: pool.name, worstLag: worst, members };
};

const memberDrawer =
  (
    pool: Pool,
    roster: Roster,
    balances: ReadonlyMap<string, MemberRow>,
    open: ReadonlyMap<string, number>,
    state: (rep: string) => string,
  ) =>
  ({ rep, weight }: { rep: string; weight: number }): MemberView => {
    const balance = balances.get(`${pool.id}\n${rep}`);
    return {
      rep: { id: rep, name: roster.reps.get(rep)?.rep.name ?? rep },
      weight,
      received: balance?.received ?? 0,
      lag: (balance?.lag ?? 0) / MILLIONTHS,
      open: open.get(rep) ?? 0,
      availability: state(rep),
      skip: balance?.skip ?? null,
    };
  };

/** `available`, or why not. */
const stateOf = (id: string, roster: Roster, availabilityOf: Availabilities, now: number): string => {
  const member = roster.reps.get(id);
  if (member === undefined || !member.active) return 'inactive';
  return member.paused ? 'paused' : availabilityOf(member, now).code;
};

const startOfDay = (now: number, timezone: string): Date =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).startOfDay().epochMilliseconds,
  );
