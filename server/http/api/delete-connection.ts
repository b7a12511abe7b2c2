import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../schemas/common.ts';
import { leftStep } from '../schemas/connection.ts';

/** Disconnects an account: its vendor is told, and nothing is read from it or written to it from now on. */
export const deleteConnection = defineEndpoint({
  method: 'delete',
  path: '/api/v1/connections/{id}',
  needs: 'administer',
  summary: 'Disconnect a CRM account or Slack workspace',
  params: z.object({ id }),
  reply: z.object({
    id: z.string(),
    status: z.literal('disconnected'),
    left: z.array(leftStep).describe('What is still to be done at the vendor; empty: nothing.'),
  }),
  problems: ['not_found'],
  changes: { action: 'connection.disconnected', subject: ({ params }) => params.id },
  handle: async ({ caller, params }, { connections }) => {
    const leaving = { tenantId: caller.tenantId, connectionId: params.id, by: caller.subject };
    return { id: params.id, status: 'disconnected', left: [...(await connections.leave(leaving))] };
  },
});
