import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { MOST_NUMBERED } from '../schemas/common.ts';
import { policyChange, policyNote, policyOverview, versionView } from '../schemas/policy.ts';

/** Versions, drafts, and how they go live. */
export const getPolicyHistory = defineEndpoint({
  method: 'get',
  path: '/api/v1/policy/history',
  needs: 'read',
  summary: 'List the versions and drafts of the policy',
  reply: policyOverview,
  handle: ({ caller }, { useCases }) => useCases.publishing.overview(caller.tenantId),
});

const versionNumber = z.coerce.number().int().min(1).max(MOST_NUMBERED);

/** One version, in words and as it was written. */
export const getPolicyVersion = defineEndpoint({
  method: 'get',
  path: '/api/v1/policy/versions/{version}',
  needs: 'read',
  summary: 'Read one version of the policy, in words and as it was written',
  params: z.object({ version: versionNumber }),
  reply: versionView,
  problems: ['not_found'],
  handle: async ({ caller, params }, { useCases }) => {
    const found = await useCases.publishing.version(caller.tenantId, params.version);
    if (found === null)
      throw problem(
        'not_found',
        `There is no version ${params.version}: GET /api/v1/policy/history lists them.`,
      );
    return found;
  },
});

const either = z.string().min(1).max(100).describe('The number of a version or the id of a draft.');

/** What is different between two versions. */
export const getPolicyDiff = defineEndpoint({
  method: 'get',
  path: '/api/v1/policy/diff',
  needs: 'read',
  summary: 'Say in words what is different between two versions or drafts',
  query: z.strictObject({ from: either, to: either }),
  reply: z.object({ changes: z.array(policyChange).readonly() }),
  problems: ['not_found', 'conflict'],
  handle: async ({ caller, query }, { useCases }) => ({
    changes: await useCases.publishing.diff(caller.tenantId, query.from, query.to),
  }),
});

/** Goes back to an earlier version, at once. */
export const postPolicyRollback = defineEndpoint({
  method: 'post',
  path: '/api/v1/policy/rollback',
  needs: 'administer',
  summary: 'Make an earlier version of the policy live again, at once',
  body: z.strictObject({ version: z.int('must be a version').min(1).max(MOST_NUMBERED), note: policyNote }),
  reply: z.object({
    version: z.int().describe('The version that is live now, a new one.'),
    warnings: z.array(z.string()).readonly().describe('What of it nobody answers to any more.'),
  }),
  problems: ['not_found', 'conflict'],
  changes: { action: 'policy.rolled_back', subject: (_call, reply) => `version ${reply.version}` },
  handle: ({ body, caller }, { useCases }) =>
    useCases.publishing.rollBack({
      tenantId: caller.tenantId,
      by: caller.subject,
      version: body.version,
      note: body.note || null,
    }),
});
