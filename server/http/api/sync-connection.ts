import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';

/** Imports a connection's people and counts their open work. */
export const syncConnection = defineEndpoint({
  method: 'post',
  path: '/api/v1/connections/{id}/sync',
  cost: 'expensive',
  needs: 'administer',
  summary: 'Import people and open work',
  params: z.object({ id }),
  reply: z.object({
    people: z.int(),
    matched: z.int(),
    unmatched: z.array(z.string()).readonly().describe('E-mail addresses of people who are no rep here.'),
  }),
  problems: ['not_found', 'read_failed'],
  changes: { action: 'connection.synced', subject: ({ params }) => params.id },
  handle: async ({ caller, params }, { connections }) => {
    const own = (await connections.list(caller.tenantId)).some((connection) => connection.id === params.id);
    if (!own)
      throw problem('not_found', `There is no connection ${params.id}: GET /api/v1/connections lists them.`);
    return connections.sync(caller.tenantId, params.id);
  },
});
