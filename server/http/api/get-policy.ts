import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';

/** The live policy. */
export const getPolicy = defineEndpoint({
  method: 'get',
  path: '/api/v1/policy',
  needs: 'read',
  summary: 'Read the live policy',
  reply: z.object({ version: z.int(), document: z.unknown() }),
  problems: ['no_policy'],
  handle: async ({ caller }, { documents }) => {
    const live = await documents.policy(caller.tenantId);
    if (!live) throw problem('no_policy', 'Publish one: PUT /api/v1/policy.');
    return live;
  },
});
