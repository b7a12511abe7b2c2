import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { overlapBody, overlapMs } from '../schemas/overlap.ts';

/** Makes what an org shows when its code calls. */
export const postCredential = defineEndpoint({
  method: 'post',
  path: '/api/v1/connections/{id}/credential',
  needs: 'administer',
  summary:
    'Make a new credential for a Salesforce org; the one before serves on for a while, or ends at once',
  params: z.object({ id }),
  body: overlapBody,
  reply: z.object({ credential: z.string().describe('Shown once: put it into the named credential.') }),
  problems: ['not_found'],
  changes: { action: 'connection.credential_made', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params }, { connections }) => ({
    credential: await connections.issueCredential(caller.tenantId, params.id, overlapMs(body)),
  }),
});
