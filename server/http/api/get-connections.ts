import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';

const connection = z
  .object({
    id: z.string(),
    vendor: z.string(),
    externalId: z.string().describe('HubSpot portal id, Slack team id, …'),
    name: z.string(),
    status: z.enum(['active', 'needs_reconnecting', 'disconnected']),
    settings: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Connection' });

/** The tenant's connections, without their tokens. */
export const getConnections = defineEndpoint({
  method: 'get',
  path: '/api/v1/connections',
  summary: 'List connections',
  reply: z.array(connection),
  handle: async ({ caller }, { connections }) =>
    (await connections.list(caller.tenantId)).map(({ id, vendor, externalId, name, status, settings }) => ({
      id,
      vendor,
      externalId,
      name,
      status,
      settings: { ...settings },
    })),
});
