import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Policies } from './directory-ports.ts';
import type { Jobs } from './ports.ts';
import { type CheckParts, checkDocument } from './publishing/check-document.ts';
import { readyPolicy, requireApproval, requireSimulation } from './publishing/may-publish.ts';
import type { UseCases } from './use-cases.ts';

export interface PublishPolicyParts extends CheckParts {
  readonly policies: Policies;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
}

/** Parses and checks a policy against the directory of reps, and makes it the live one; waiting leads are decided anew. */
export const publishPolicy =
  (parts: PublishPolicyParts): UseCases['publishPolicy'] =>
  async ({ tenantId, document, by, source = null }) => {
    const rules = await parts.policies.rules(tenantId);
    requireApproval(rules, null, false);
    requireSimulation(rules, null, false);
    const policy = readyPolicy(
      await checkDocument(parts)(tenantId, document, { proofs: rules.cleanCheck }),
      rules,
    );
    const at = parts.now();
    const version = await parts.policies.publish(tenantId, {
      document,
      source,
      hash: policyHash(policy),
      by,
      at,
    });
    await parts.jobs.wakeTenant(tenantId, at);
    return { version };
  };
