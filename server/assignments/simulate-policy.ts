import { AppError } from '../base/app-error.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import type { Comparison } from '../routing/simulate/compare.ts';
import type { Policies, Reps } from './directory-ports.ts';
import { readPolicy } from './live-policy.ts';
import type { PastDecision, PastDecisions, PastPerson } from './past-decision.ts';
import { readDraft } from './read-draft.ts';
import { type SimulationNames, simulationNames } from './simulation-names.ts';
import type { PolicyToCompile, RunInThread } from './thread-port.ts';

/** The most leads that one simulation takes: the newest. */
const MOST_LEADS = 20_000;
const DAY = 86_400_000;
const MINUTE = 60_000;
/** Minutes of working time that speed is told by, besides those the policies' SLAs name. */
const MINUTES = [5, 60] as const;

/** A draft tried on the tenant's own past, beside another policy and beside what really happened. */
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
  /** What everything is called that the rest names by its id. */
  readonly names: SimulationNames;
  /** Who the leads are that go elsewhere, by id; who was erased is not there. */
  readonly people: Readonly<Record<string, PastPerson>>;
};

export interface SimulatePolicyParts {
  readonly past: PastDecisions;
  readonly policies: Pick<Policies, 'live'>;
  readonly reps: Pick<Reps, 'list'>;
  readonly run: RunInThread;
  readonly now: () => number;
}

export interface SimulatePolicy {
  readonly tenantId: string;
  readonly document: unknown;
  /** The policy it is compared with; absent: the live one. */
  readonly against?: { readonly document: unknown };
  readonly days: number;
  readonly signal?: AbortSignal | undefined;
  /** Told how many of the leads were tried. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

/**
 * Tries a draft on the leads of the last days: reads only, outside the lane, a page at a time, in a thread. Reps are as
 * the stored decision saw them, where it looked at them, else as the directory of now has them. One at a time for a
 * tenant. Throws AppError `invalid_policy`, `conflict`, `took_too_long`.
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

const simulate = async (parts: SimulatePolicyParts, command: SimulatePolicy): Promise<PastSimulation> => {
  const { tenantId, days, signal } = command;
  const draft = await readDraft(parts, tenantId, command.document, 'simulated');
  const stored = await parts.policies.live(tenantId);
  const live = stored === null ? null : readPolicy(stored);
  const policy = { version: 0, hash: policyHash(draft.policy), policy: draft.resolved };
  const against = await otherPolicy(parts, command, live, draft.reps);
  const seen = { leads: 0, erased: 0 };
  const asked = { since: parts.now() - days * DAY, firstOnly: true };
  const total = await parts.past.count(tenantId, asked);
  const truncated = total > MOST_LEADS;
  const pages = parts.past.pages(tenantId, { ...asked, ...(truncated && { newest: MOST_LEADS }) });
  const compared = await parts.run(
    'simulate',
    { policy, against, reps: draft.reps, minutes: minutesOf([policy, against]) },
    { signal, pages: counted(pages, seen, (done) => command.progress?.(done, Math.min(total, MOST_LEADS))) },
  );
  const known = live?.policy.fields ?? {};
  const moved = (compared.movedLeads ?? []).map(({ decision }) => decision ?? '');
  return {
    policies: { policy: identityOf(policy), against: against && identityOf(against) },
    past: {
      days,
      ...seen,
      truncated,
      fieldsWithoutValues: Object.keys(draft.policy.fields).filter((field) => !Object.hasOwn(known, field)),
    },
    names: simulationNames([policy.policy, against?.policy ?? null], draft.reps),
    people: Object.fromEntries(await parts.past.people(tenantId, moved)),
    ...compared,
  };
};

const otherPolicy = async (
  parts: SimulatePolicyParts,
  { tenantId, against }: SimulatePolicy,
  live: PolicyToCompile | null,
  reps: readonly Rep[],
): Promise<PolicyToCompile | null> => {
  if (against === undefined) return live && { ...live, policy: resolveReps(live.policy, reps).policy };
  const { policy, resolved } = await readDraft(parts, tenantId, against.document, 'simulated');
  return { version: 0, hash: policyHash(policy), policy: resolved };
};

const minutesOf = (policies: readonly ({ readonly policy: Policy } | null)[]): readonly number[] => {
  const named = policies.flatMap((one) => one?.policy.slas ?? []).map(({ terms }) => terms.within / MINUTE);
  return [...new Set([...MINUTES, ...named])].sort((a, b) => a - b);
};

const identityOf = ({ policy, hash }: PolicyToCompile) => ({ name: policy.name, hash });

/** Leaves out what is erased, counts, and tells how far it is. */
async function* counted(
  pages: AsyncIterable<readonly PastDecision[]>,
  seen: { leads: number; erased: number },
  tell: (done: number) => void,
): AsyncGenerator<readonly PastDecision[]> {
  for await (const page of pages) {
    const whole = page.filter(({ values }) => values !== null);
    seen.leads += whole.length;
    seen.erased += page.length - whole.length;
    yield whole;
    tell(seen.leads + seen.erased);
  }
}
