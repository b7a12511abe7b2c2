import type { HomeLead, HomeOffer, HomePool, RepHome } from '../../assignments/rep-home.ts';
import type { Roster, RosterRep } from '../../assignments/roster.ts';
import { poolMembers } from '../../routing/decide/members.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Policy, Pool } from '../../routing/policy/schema.ts';
import type { Trx } from '../storage.ts';
import { type MemberRow, readMembers } from './overview-rows.ts';
import { MILLIONTHS, type OverviewParts } from './read-overview.ts';
import { type HomeRow, readOpenOffers, readOwnLeads } from './rep-home-rows.ts';

/** How many are shown; the rest is counted. */
const MOST_OFFERS = 10;
const MOST_LEADS = 15;

/** What a rep's Home shows; null: there is no such active rep. `now` in epoch milliseconds. */
export const readRepHome = async (
  trx: Trx,
  tenantId: string,
  repId: string,
  now: number,
  { reads, availabilities }: OverviewParts,
): Promise<RepHome | null> => {
  const roster = await reads.roster(trx, tenantId);
  const member = roster.reps.get(repId);
  if (member === undefined || !member.active) return null;
  const lane = await trx
    .selectFrom('lane')
    .select(['mode', 'policy_version'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow();
  const live = await reads.policy(trx, tenantId, lane.policy_version);
  const policy = live && resolveReps(live.policy, repsOf(roster)).policy;
  const { code, backAt, source } = availabilities(policy)(member, now);
  const offers = await readOpenOffers(trx, tenantId, repId, MOST_OFFERS);
  const leads = await readOwnLeads(trx, tenantId, repId, MOST_LEADS);
  return {
    rep: { id: repId, name: member.rep.name },
    timezone: member.rep.timezone ?? policy?.timezone ?? 'UTC',
    asOf: now,
    logOnly: lane.mode === 'log_only',
    away: awayAt(member, now),
    availability: member.paused
      ? { code: 'paused', backAt: null }
      : { code, backAt, ...(source && { source }) },
    manager: managerOf(member, roster),
    offers: { total: offers[0]?.total ?? 0, shown: offers.map((row) => toOffer(row, repId, policy)) },
    leads: { total: leads[0]?.total ?? 0, shown: leads.map(toLead) },
    pools: standings(policy, roster, { repId, now }, await readMembers(trx, tenantId)),
  };
};

const repsOf = (roster: Roster) => [...roster.reps.values()].map(({ rep }) => rep);

const awayAt = ({ away }: RosterRep, now: number): RepHome['away'] =>
  away === null || (away.until !== null && away.until <= now) ? null : away;

/** Directories name a manager by id or e-mail address. */
const managerOf = ({ rep: { manager } }: RosterRep, roster: Roster): string | null => {
  if (manager === null) return null;
  const email = manager.toLowerCase();
  return repsOf(roster).find((one) => one.id === manager || one.email === email)?.name ?? manager;
};

const toOffer = (row: HomeRow, repId: string, policy: Policy | null): HomeOffer => {
  const pool = policy?.pools.find(({ id }) => id === row.pool_id);
  return {
    assignmentId: row.id,
    person: row.person,
    crm: row.crm,
    expiresAt: row.offered_to.find(({ rep }) => rep === repId)?.endsAt ?? null,
    offerees: row.offered_to.length,
    pool: pool ? { id: pool.id, name: pool.name } : null,
  };
};

const toLead = (row: HomeRow): HomeLead => ({
  assignmentId: row.id,
  person: row.person,
  crm: row.crm,
  since: (row.held_at ?? row.changed_at).getTime(),
  written: row.written,
});

const standings = (
  policy: Policy | null,
  roster: Roster,
  { repId, now }: { readonly repId: string; readonly now: number },
  balances: ReadonlyMap<string, MemberRow>,
): readonly HomePool[] => {
  const takesLeads = (id: string): boolean => id === repId || roster.reps.get(id)?.active === true;
  const moment = { now, timezone: policy?.timezone ?? 'UTC' };
  const standing = (pool: Pool): HomePool[] => {
    const all = poolMembers(pool, roster.team, moment);
    const members = all.list.filter(({ rep }) => takesLeads(rep));
    const mine = members.find(({ rep }) => rep === repId);
    if (mine === undefined) return [];
    const balance = balances.get(`${pool.id}\n${repId}`);
    return [
      {
        id: pool.id,
        name: pool.name,
        weight: mine.weight * all.scale,
        totalWeight: members.reduce((sum, { weight }) => sum + weight * all.scale, 0),
        lag: (balance?.lag ?? 0) / MILLIONTHS,
        received: balance?.received ?? 0,
      },
    ];
  };
  return (policy?.pools ?? []).flatMap(standing);
};
