import { compareOwners, type OwnerComparison } from '../../routing/audit/compare-owners.ts';
import type { Policies, Reps } from '../directory-ports.ts';
import { readPolicy } from '../live-policy.ts';
import type { NamedRef } from '../views.ts';
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
  }[];
  /** The latest first. */
  readonly recent: readonly ComparedLeadView[];
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
  readonly comparisons: Pick<Comparisons, 'list'>;
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

/** Compares the last thirty days. */
export const readComparison =
  ({ comparisons, people, reps, policies, now }: ComparisonParts) =>
  async (tenantId: string): Promise<ComparisonView> => {
    const since = now() - LONGEST_MS;
    const leads = await comparisons.list(tenantId, { since, limit: MOST_LEADS });
    const whose = createOwners(await people.list(tenantId));
    const names = new Map(
      (await reps.list(tenantId)).map(({ id, document }) => [
        id,
        String((document as { name?: unknown }).name ?? id),
      ]),
    );
    const live = await policies.live(tenantId);
    const pools = live === null ? [] : readPolicy(live).policy.pools;
    const nameOf = (id: string): string => names.get(id) ?? whose.nameOf(id);
    const named = (id: string | null): NamedRef | null => (id === null ? null : { id, name: nameOf(id) });
    const poolNames = new Map(pools.map(({ id, name }) => [id, name]));
    const poolOf = (id: string | null): NamedRef | null =>
      id === null ? null : { id, name: poolNames.get(id) ?? id };
    const told = leads.map((lead) => ({ lead, theirs: whose.takerOf(lead) }));
    const twice = told.map(({ lead: { decidedAt, ownedAt, repId }, theirs }) => ({
      at: decidedAt,
      theirs,
      ownedAt: theirs === null ? null : ownedAt,
      ours: repId,
    }));
    const { takers, ...figures } = compareOwners(twice, now());
    return {
      ...figures,
      since: new Date(leads[0]?.decidedAt ?? now()).toISOString(),
      settled: leads.filter(({ settled }) => settled).length,
      takers: takers.map((taker) => ({ ...taker, name: nameOf(taker.id), isRep: names.has(taker.id) })),
      pools: pools.map((pool) => {
        const its = twice.filter((_, i) => leads[i]!.poolId === pool.id);
        const both = its.filter(({ theirs, ours }) => theirs !== null && ours !== null);
        return {
          pool: { id: pool.id, name: pool.name },
          logOnly: pool.logOnly === true,
          leads: its.length,
          both: both.length,
          agreed: both.filter(({ theirs, ours }) => theirs === ours).length,
        };
      }),
      recent: told
        .slice(-RECENT)
        .reverse()
        .map(({ lead, theirs }) => ({
          decision: lead.decisionId,
          at: new Date(lead.decidedAt).toISOString(),
          lead: lead.person,
          pool: poolOf(lead.poolId),
          ours: named(lead.repId),
          theirs: named(theirs),
          ownedAt: theirs === null || lead.ownedAt === null ? null : new Date(lead.ownedAt).toISOString(),
          settled: lead.settled,
        })),
    };
  };

/** CRMs whose records always have an owner: somebody who takes no leads stands for nobody there. */
const ALWAYS_OWNED: readonly KnownPerson['vendor'][] = ['salesforce', 'dynamics', 'zoho', 'pipedrive'];

/** Who takes a lead: the rep behind an owner, or the owner. Queues are nobody. */
const createOwners = (known: readonly KnownPerson[]) => {
  const owners = new Map(known.map((one) => [`${one.connectionId}/${one.externalId}`, one]));
  const names = new Map(
    known.map(({ externalId, name, email }) => [externalId, name ?? email ?? externalId]),
  );
  return {
    nameOf: (id: string): string => names.get(id) ?? id,
    takerOf: ({ connectionId, ownerId }: ComparedLead): string | null => {
      if (ownerId === null) return null;
      const owner = owners.get(`${connectionId}/${ownerId}`);
      if (owner === undefined) return ownerId;
      if (owner.details.type === 'QUEUE') return null;
      return owner.repId ?? (ALWAYS_OWNED.includes(owner.vendor) ? null : ownerId);
    },
  };
};
