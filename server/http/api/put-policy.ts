import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { policyBody, Written } from '../policy-body.ts';

/** Checks a policy and makes it the live one. */
export const putPolicy = defineEndpoint({
  method: 'put',
  path: '/api/v1/policy',
  needs: 'administer',
  summary: 'Publish a policy, as JSON or YAML',
  ...policyBody,
  reply: z.object({ version: z.int() }),
  problems: ['malformed_yaml', 'approval_needed', 'check_not_clean'],
  changes: { action: 'policy.published', subject: (_call, reply) => `version ${reply.version}` },
  handle: ({ body, caller }, { useCases }) =>
    useCases.publishPolicy({
      tenantId: caller.tenantId,
      by: caller.subject,
      ...(body instanceof Written ? body : { document: body }),
    }),
});
