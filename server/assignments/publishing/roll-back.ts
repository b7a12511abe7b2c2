import { AppError } from '../../base/app-error.ts';
import { policyHash } from '../../routing/policy/policy-hash.ts';
import { checkDocument } from './check-document.ts';
import { conflict, type PublishingParts } from './draft-parts.ts';
import { NO_RULES, readyPolicy } from './may-publish.ts';
import { wentLive } from './publish-draft.ts';
import type { Publishing } from './publishing.ts';

/**
 * Makes an earlier version live again. It was checked and agreed to when it first went live, so it needs neither
 * again: in trouble there is no time. Only what cannot be read any more is refused; who is missing comes as warnings.
 */
export const rollBack =
  (parts: PublishingParts): Publishing['rollBack'] =>
  async ({ tenantId, version, note, by }) => {
    const stored = await parts.policies.version(tenantId, version);
    if (stored === null) throw noSuchVersion(version);
    const live = await parts.policies.live(tenantId);
    if (live?.version === version) throw conflict(`Version ${version} is live.`);
    const { document, source } = stored;
    const checked = await checkDocument(parts)(tenantId, document, { proofs: false });
    const policy = checked.policy ?? readyPolicy(checked, NO_RULES);
    const at = parts.now();
    const hash = policyHash(policy);
    const made = await parts.policies.publish(tenantId, {
      document,
      source,
      hash,
      by,
      at,
      note,
      restores: version,
    });
    await wentLive(parts, tenantId, at);
    return { version: made, warnings: checked.findings.map(({ field, message }) => `${field} ${message}`) };
  };

export const noSuchVersion = (version: number | string): AppError =>
  new AppError('not_found', `There is no version ${version}: GET /api/v1/policy/history lists them.`, {
    status: 404,
  });
