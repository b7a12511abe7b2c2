import { AppError } from '../base/app-error.ts';
import type { HolidayDates } from '../routing/availability/shifts.ts';
import { compilePolicy } from '../routing/decide/compile-policy.ts';
import { restoreState } from '../routing/decide/read-state.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import { type Comparing, type Comparison, createComparing } from '../routing/simulate/compare.ts';
import type { DeskParts } from '../routing/simulate/desk.ts';
import type { SimulatedLead } from '../routing/simulate/simulated-lead.ts';
import type { Policies, Reps } from './directory-ports.ts';
import { compileLive, readPolicy } from './live-policy.ts';
import type { PastDecision, PastDecisions } from './past-decision.ts';
import type { Draft } from './publishing/read-document.ts';
import { readDraft } from './read-draft.ts';

/** The most leads that one simulation takes: the newest. */
const MOST_LEADS = 20_000;
const DAY = 86_400_000;
/** Minutes of working time that speed is told by. */
const MINUTES = [5, 60] as const;

/** A draft tried on the tenant's own past, beside the live policy and beside what really happened. */
export type PastSimulation = Comparison & {
  readonly policies: {
    readonly policy: { readonly name: string; readonly hash: string };
    readonly against: { readonly name: string; readonly hash: string } | null;
  };
  readonly past: {
    readonly days: number;
    /** Leads that were tried. */
    readonly leads: number;
    /** Leads whose values were erased, so that they could not be. */
    readonly erased: number;
    /** Whether there were more than a simulation takes, so that only the newest were tried. */
    readonly truncated: boolean;
    /** Fields of the draft that the live policy does not have: past leads have no value for them. */
    readonly fieldsWithoutValues: readonly string[];
  };
};

export interface SimulatePolicyParts {
  readonly past: PastDecisions;
  readonly policies: Pick<Policies, 'live'>;
  readonly reps: Pick<Reps, 'list'>;
  readonly holidays: HolidayDates;
  /** Version of the time zone data. */
  readonly zones: string;
  readonly now: () => number;
}

export interface SimulatePolicy {
  readonly tenantId: string;
  readonly document: unknown;
  readonly days: number;
}

/**
 * Tries a draft on the leads of the last days: reads only, outside the lane, a page at a time. Reps are as the stored
 * decision saw them, where it looked at them, else as the directory of now has them. One at a time for a tenant.
 */
export const simulatePolicy = (parts: SimulatePolicyParts) => {
  const running = new Set<string>();
  return async (command: SimulatePolicy): Promise<PastSimulation> => {
    const { tenantId } = command;
    if (running.has(tenantId)) throw busy();
    running.add(tenantId);
    try {
      return await simulate(parts, command);
    } finally {
      running.delete(tenantId);
    }
  };
};

const busy = (): AppError =>
  new AppError('conflict', 'A simulation is running already: wait until it has ended.', { status: 409 });

const simulate = async (parts: SimulatePolicyParts, { tenantId, document, days }: SimulatePolicy) => {
  const draft = await readDraft(parts, tenantId, document, 'simulated');
  const stored = await parts.policies.live(tenantId);
  const live = stored === null ? null : readPolicy(stored);
  const deskOf = (compiled: DeskParts['compiled']): DeskParts => ({ ...parts, compiled, reps: draft.reps });
  const policy = deskOf(compileDraft(draft));
  const against = live === null ? null : deskOf(compileLive(live, draft.reps));
  const comparing = createComparing({ policy, against, hasHistory: true, minutes: MINUTES });
  const told = await feed(parts, comparing, tenantId, days);
  const known = live?.policy.fields ?? {};
  return {
    policies: { policy: identityOf(policy), against: against === null ? null : identityOf(against) },
    past: {
      days,
      ...told,
      fieldsWithoutValues: Object.keys(draft.policy.fields).filter((field) => !Object.hasOwn(known, field)),
    },
    ...comparing.end(),
  };
};

const compileDraft = ({ policy, resolved }: Draft) =>
  compilePolicy({ version: 0, hash: policyHash(policy), policy: resolved });

const identityOf = ({ compiled: { policy, hash } }: DeskParts) => ({ name: policy.name, hash });

const feed = async (
  { past, now }: SimulatePolicyParts,
  comparing: Comparing,
  tenantId: string,
  days: number,
) => {
  const asked = { since: now() - days * DAY, firstOnly: true };
  const truncated = (await past.count(tenantId, asked)) > MOST_LEADS;
  const seen = { leads: 0, erased: 0 };
  for await (const page of past.pages(tenantId, { ...asked, ...(truncated && { newest: MOST_LEADS }) }))
    for (const one of page) {
      const lead = toLead(one);
      if (lead === null) seen.erased++;
      else {
        seen.leads++;
        comparing.arrive(lead);
      }
    }
  return { ...seen, truncated };
};

/** null: its values are erased. */
const toLead = ({ decision, inputs, values, repId, closedAt }: PastDecision): SimulatedLead | null => {
  if (values === null) return null;
  const arrivedAt = decision.decidedAt;
  return {
    id: decision.leadId,
    values,
    arrivedAt,
    handling: closedAt === null ? null : Math.max(0, closedAt - arrivedAt),
    owner: repId,
    recordOwner: inputs.lead.owner,
    known: restoreState(inputs),
    ...(inputs.history.earlier && { earlier: inputs.history.earlier }),
  };
};
