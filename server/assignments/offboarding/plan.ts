import type { OpenLead } from '../../routing/batch/open-lead.ts';
import { type Move, planOffboarding } from '../../routing/batch/plan-offboarding.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import { toLead } from '../judge.ts';
import type { LaneItem, Lanes } from '../lane.ts';
import type { LaneSession, LeadFile } from '../lane-session.ts';
import type { LaneStore } from '../lane-store.ts';
import { namesOf } from '../names.ts';
import type { NamedRef } from '../views.ts';
import { type AccountKeys, accountKeys, accountOf } from './account-of.ts';
import type { OffboardingPlan } from './offboarding.ts';

export interface PlanParts {
  readonly lanes: Lanes;
  readonly store: LaneStore;
}

/** Where a rep's open leads would go now; null: there is no such active rep. */
export const planFor = async (
  { lanes, store }: PlanParts,
  tenantId: string,
  repId: string,
): Promise<OffboardingPlan | null> => {
  const ids = await store.ownLeads(tenantId, repId);
  const offers = (await store.openOffers(tenantId, repId)).length;
  const found = await store.peek(tenantId, { requests: [], records: [], assignments: ids });
  const keys = found.leads.map(({ snapshot }) => accountKeys(snapshot.person));
  const others = await store.accountPeople(tenantId, {
    domains: distinct(keys.map(({ domain }) => domain)),
    companies: distinct(keys.map(({ company }) => company)),
    but: repId,
  });
  return lanes.submit(tenantId, planItem(repId, ids, offers, others));
};

const distinct = (all: readonly (string | null)[]): readonly string[] => [
  ...new Set(all.filter((one) => one !== null)),
];

type AccountPeople = readonly (AccountKeys & { readonly repId: string })[];

/** Looks at everything in the lane, and changes nothing. */
const planItem = (
  repId: string,
  ids: readonly string[],
  offers: number,
  others: AccountPeople,
): LaneItem<OffboardingPlan | null> => ({
  kind: 'plan_offboarding',
  wanted: { assignments: ids },
  apply: (session) => {
    const { compiled, roster } = session.memory;
    if (roster.reps.get(repId)?.active !== true) return null;
    const files = ids.flatMap((id) => session.byAssignment(id) ?? []).filter((file) => isTheirs(file, repId));
    const moves =
      compiled === null
        ? files.map((file): Move => ({ lead: file.assignment.id, to: null, because: 'no_pool' }))
        : planOffboarding({
            rep: repId,
            leads: files.map((file) => openLead(session, file)),
            accounts: peopleByAccount(others),
            compiled,
            state: session.state,
            now: session.now,
          });
    return viewPlan(session, repId, files, moves, offers);
  },
});

/** Whether a lead is with the rep. */
export const isTheirs = ({ assignment }: LeadFile, repId: string): boolean =>
  assignment.state === 'assigned' && assignment.repId === repId;

const openLead = (session: LaneSession, { id, assignment, snapshot }: LeadFile): OpenLead => {
  const { poolId, history } = assignment;
  const pool = poolId !== null && session.memory.compiled?.pool(poolId) !== undefined ? poolId : null;
  const lead = toLead({ leadId: id, snapshot, history, owner: null });
  return { id: assignment.id, lead, pool, account: accountOf(snapshot.person) };
};

const peopleByAccount = (others: AccountPeople): ReadonlyMap<string, readonly string[]> => {
  const people = new Map<string, string[]>();
  for (const { repId, domain, company } of others)
    for (const key of [domain, company])
      if (key !== null) people.set(key, [...(people.get(key) ?? []), repId]);
  return people;
};

const viewPlan = (
  { memory, state }: LaneSession,
  repId: string,
  files: readonly LeadFile[],
  moves: readonly Move[],
  offers: number,
): OffboardingPlan => {
  const policy = memory.compiled?.policy ?? null;
  const names = namesOf(policy, memory.roster);
  const rep = (id: string): NamedRef => ({ id, name: names.rep(id) });
  const byId = new Map(files.map((file) => [file.assignment.id, file]));
  const more = Map.groupBy(
    moves.filter(({ to }) => to !== null),
    ({ to }) => to!,
  );
  return {
    rep: rep(repId),
    moves: moves.map(({ lead, to, because }) => {
      const { assignment, snapshot } = byId.get(lead)!;
      const { poolId } = assignment;
      return {
        assignment: lead,
        lead: snapshot.person?.name ?? null,
        company: snapshot.person?.company ?? null,
        pool: poolId === null ? null : { id: poolId, name: names.pool(poolId) },
        to: to === null ? null : rep(to),
        because,
      };
    }),
    offers,
    totals: [...more]
      .map(([id, all]) => ({ rep: rep(id), more: all.length, open: state.rep(id)?.load.open ?? 0 }))
      .sort((a, b) => b.more - a.more || (a.rep.id < b.rep.id ? -1 : 1)),
    namedIn: policy === null ? [] : namedIn(policy, repId),
  };
};

const namedIn = (policy: Policy, repId: string): readonly string[] => [
  ...policy.pools
    .filter(({ members }) => members.some((member) => member.kind === 'rep' && member.rep === repId))
    .map(({ name }) => `pool ${name}`),
  ...policy.rules
    .filter(({ steps }) => steps.some((step) => step.kind === 'rep' && step.rep === repId))
    .map(({ name }) => `rule ${name}`),
  ...(policy.fallback.some((step) => step.kind === 'rep' && step.rep === repId) ? ['the fallback'] : []),
];
