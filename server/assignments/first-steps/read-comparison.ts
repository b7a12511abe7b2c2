import { keep } from '../../base/keep.ts';
import { compareOwners, type OwnerComparison, type TwiceGiven } from '../../routing/audit/compare-owners.ts';
import { comparePool, type PoolComparison } from '../../routing/audit/compare-pool.ts';
import { poolSentence } from '../../routing/audit/pool-sentence.ts';
import { poolMembers } from '../../routing/decide/members.ts';
import { parseStoredReps } from '../../routing/policy/parse-reps.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Pool } from '../../routing/policy/schema.ts';
import { teamLookUp } from '../../routing/policy/teams.ts';
import type { Policies, Reps } from '../directory-ports.ts';
import { readPolicy } from '../live-policy.ts';
import type { NamedRef } from '../views.ts';
import { createOwners } from './lead-owners.ts';
import type { ComparedLead, Comparisons, KnownPeople, KnownPerson } from './ports.ts';

/** What the policy would have done beside what was done. Instants are ISO 8601 in UTC. */
export interface ComparisonView extends Omit<OwnerComparison, 'takers'> {
  readonly since: string;
  /** Leads whose owner is plain by now; the others are still looked at. */
  readonly settled: number;
  readonly takers: readonly (OwnerComparison['takers'][number] & {
    readonly name: string;
    /** Somebody who is no rep here has leads all the same. */
    readonly isRep: boolean;
  })[];
  /** By the pool that would have given them; those no pool would have are not among them. */
  readonly pools: readonly {
    readonly pool: NamedRef;
    /** Whether it is for the log only by the policy's own word. */
    readonly logOnly: boolean;
    readonly leads: number;
    readonly both: number;
    readonly agreed: number;
    /** null: no lead of it can be measured. */
    readonly shares: PoolShares | null;
  }[];
  /** The latest first. */
  readonly recent: readonly ComparedLeadView[];
}

/** How both ways kept to the shares that a pool owes, in leads, and in a sentence. */
export interface PoolShares extends Omit<PoolComparison, 'members'> {
  readonly said: string;
  readonly members: readonly (Omit<PoolComparison['members'][number], 'rep'> & { readonly rep: NamedRef })[];
}

export interface ComparedLeadView {
  readonly decision: string;
  readonly at: string;
  readonly lead: { readonly name: string | null; readonly company: string | null } | null;
  readonly pool: NamedRef | null;
  readonly ours: NamedRef | null;
  readonly theirs: NamedRef | null;
  /** null: nobody has it yet. */
  readonly ownedAt: string | null;
  readonly settled: boolean;
}

export interface ComparisonParts {
  readonly comparisons: Pick<Comparisons, 'list' | 'mark'>;
  readonly people: KnownPeople;
  readonly reps: Pick<Reps, 'list'>;
  readonly policies: Pick<Policies, 'live'>;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** How far back is compared. */
const LONGEST_MS = 30 * DAY_MS;
const MOST_LEADS = 20_000;
const RECENT = 50;

const MINUTE_MS = 60_000;
/** Workspaces whose last comparison is kept. */
const MOST_KEPT = 100;

/** What is compared with, besides the leads. */
interface Given {
  readonly people: readonly KnownPerson[];
  readonly reps: Awaited<ReturnType<Reps['list']>>;
  readonly live: Awaited<ReturnType<Policies['live']>>;
}

/** Compares the last thirty days, to the minute. What was told last is told again for as long as nothing of it changed. */
export const readComparison = (parts: ComparisonParts): ((tenantId: string) => Promise<ComparisonView>) => {
  const known = new Map<string, { readonly madeOf: string; readonly view: ComparisonView }>();
  return async (tenantId) => {
    const now = parts.now();
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const given: Given = {
      people: await parts.people.ever(tenantId),
      reps: await parts.reps.list(tenantId),
      live: await parts.policies.live(tenantId),
    };
    const mark = await parts.comparisons.mark(tenantId, minute - LONGEST_MS);
    const madeOf = JSON.stringify([minute, mark, given.people, given.reps, given.live?.version]);
    const before = known.get(tenantId);
    if (before?.madeOf === madeOf) return before.view;
    const view = await compare(parts, tenantId, now, given);
    return keep(known, tenantId, { madeOf, view }, MOST_KEPT).view;
  };
};

const compare = async (
  { comparisons }: ComparisonParts,
  tenantId: string,
  now: number,
  { people, reps: listed, live }: Given,
): Promise<ComparisonView> => {
  const asked = { since: now - LONGEST_MS, limit: MOST_LEADS, named: RECENT };
  const leads = await comparisons.list(tenantId, asked);
  const whose = createOwners(people, leads);
  const directory = parseStoredReps(listed.map(({ document }) => document));
  const reps = directory.ok ? directory.reps : [];
  const policy = live && resolveReps(readPolicy(live).policy, reps).policy;
  const names = new Map(reps.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? whose.nameOf(id);
  const told = leads.map((lead): Told => {
    const theirs = whose.takerOf(lead);
    const { decidedAt, ownedAt, repId } = lead;
    return { lead, at: decidedAt, theirs, ownedAt: theirs === null ? null : ownedAt, ours: repId };
  });
  const { takers, ...figures } = compareOwners(told, now);
  const pools = policy?.pools ?? [];
  const team = teamLookUp(reps);
  const membersOf = (pool: Pool): readonly string[] =>
    poolMembers(pool, team, { now, timezone: policy?.timezone ?? 'UTC' }).list.map(({ rep }) => rep);
  return {
    ...figures,
    since: new Date(leads[0]?.decidedAt ?? now).toISOString(),
    settled: leads.filter(({ settled }) => settled).length,
    takers: takers.map((taker) => ({ ...taker, name: nameOf(taker.id), isRep: names.has(taker.id) })),
    pools: pools.map((pool) =>
      poolView(
        pool,
        told.filter(({ lead }) => lead.poolId === pool.id),
        membersOf(pool),
        nameOf,
      ),
    ),
    recent: told
      .slice(-RECENT)
      .reverse()
      .map((one) => leadView(one, nameOf, new Map(pools.map(({ id, name }) => [id, name])))),
  };
};

interface Told extends TwiceGiven {
  readonly lead: ComparedLead;
}

const poolView = (
  { id, name, logOnly }: Pool,
  leads: readonly Told[],
  members: readonly string[],
  nameOf: (rep: string) => string,
): ComparisonView['pools'][number] => {
  const both = leads.filter(({ theirs, ours }) => theirs !== null && ours !== null);
  const compared = comparePool(leads.flatMap(measured), members);
  return {
    pool: { id, name },
    logOnly: logOnly === true,
    leads: leads.length,
    both: both.length,
    agreed: both.filter(({ theirs, ours }) => theirs === ours).length,
    shares: compared && {
      ...compared,
      said: poolSentence(compared, nameOf),
      members: compared.members.map((one) => ({ ...one, rep: { id: one.rep, name: nameOf(one.rep) } })),
    },
  };
};

/** A lead that nobody has yet, and that is still looked at, counts against nobody. */
const measured = ({ lead: { shares, settled }, theirs, ours }: Told) =>
  shares === null || ours === null || (theirs === null && !settled) ? [] : [{ shares, theirs, ours }];

const leadView = (
  { lead, theirs }: Told,
  nameOf: (rep: string) => string,
  pools: ReadonlyMap<string, string>,
): ComparedLeadView => {
  const named = (id: string | null): NamedRef | null => (id === null ? null : { id, name: nameOf(id) });
  const { poolId } = lead;
  return {
    decision: lead.decisionId,
    at: new Date(lead.decidedAt).toISOString(),
    lead: lead.person,
    pool: poolId === null ? null : { id: poolId, name: pools.get(poolId) ?? poolId },
    ours: named(lead.repId),
    theirs: named(theirs),
    ownedAt: theirs === null || lead.ownedAt === null ? null : new Date(lead.ownedAt).toISOString(),
    settled: lead.settled,
  };
};
