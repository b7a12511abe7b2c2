import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Policy } from '../routing/policy/schema.ts';
import { type ConnectedCrm, checkConversions } from './check-conversions.ts';
import type { Policies, Reps } from './directory-ports.ts';
import type { Jobs } from './ports.ts';
import { readDraft } from './read-draft.ts';
import type { UseCases } from './use-cases.ts';

export interface PublishPolicyParts {
  readonly policies: Policies;
  readonly reps: Reps;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
  /** The CRMs a tenant has connected. */
  readonly crms: (tenantId: string) => Promise<readonly ConnectedCrm[]>;
}

/** Parses and checks a policy against the directory of reps, and makes it the live one; waiting leads are decided anew. */
export const publishPolicy =
  ({ policies, reps, jobs, now, crms }: PublishPolicyParts): UseCases['publishPolicy'] =>
  async ({ tenantId, document, by }) => {
    const conversions = async (policy: Policy) => checkConversions(policy, await crms(tenantId));
    const draft = await readDraft(reps, tenantId, document, 'The policy was not published', conversions);
    const version = await policies.publish(tenantId, { document, hash: policyHash(draft.policy), by });
    await jobs.wakeTenant(tenantId, now());
    return { version };
  };
