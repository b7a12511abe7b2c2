import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Policies, Reps } from './directory-ports.ts';
import { type DraftParts, readDraft } from './draft-policy.ts';
import type { Jobs } from './ports.ts';
import type { UseCases } from './use-cases.ts';

export interface PublishPolicyParts extends DraftParts {
  readonly policies: Policies;
  readonly reps: Reps;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
}

/** Parses and checks a policy against the directory of reps, and makes it the live one; waiting leads are decided anew. */
export const publishPolicy =
  (parts: PublishPolicyParts): UseCases['publishPolicy'] =>
  async ({ tenantId, document, by }) => {
    const { policy } = await readDraft(parts, tenantId, document, 'published');
    const version = await parts.policies.publish(tenantId, { document, hash: policyHash(policy), by });
    await parts.jobs.wakeTenant(tenantId, parts.now());
    return { version };
  };
