import { z } from 'zod';
import { isGone } from '../../assignments/account-status.ts';
import type { Usage } from '../../assignments/ports.ts';
import { defineEndpoint } from '../endpoint.ts';
import { instant } from '../schemas/common.ts';
import { leftStep, missingScope } from '../schemas/connection.ts';

const connection = z
  .object({
    id: z.string(),
    vendor: z.string(),
    externalId: z.string().describe('HubSpot portal id, Slack team id, …'),
    name: z.string(),
    status: z.enum(['active', 'needs_reconnecting', 'uninstalled', 'disconnected']),
    settings: z.record(z.string(), z.unknown()),
    usage: z
      .object({
        limit: z.string().describe('What is counted: `calls in 24 hours`.'),
        used: z.int(),
        of: z.int(),
        resetsAt: instant.nullable().describe('null: it rolls, or the vendor does not say.'),
      })
      .nullable()
      .describe("How much of the vendor's limit on calls is used; null: not known yet."),
    missing: z
      .array(missingScope)
      .describe('Scopes the account did not grant; connect it again to ask for them.'),
    left: z.array(leftStep).describe('Of a disconnected account: what is still to be done at its vendor.'),
  })
  .meta({ id: 'Connection' });

/** The tenant's connections, without their tokens. */
export const getConnections = defineEndpoint({
  method: 'get',
  path: '/api/v1/connections',
  needs: 'read',
  summary: 'List connections',
  reply: z.array(connection),
  handle: async ({ caller }, { connections }) => {
    const left = await connections.left(caller.tenantId);
    return (await connections.list(caller.tenantId)).map((connection) => ({
      id: connection.id,
      vendor: connection.vendor,
      externalId: connection.externalId,
      name: connection.name,
      status: connection.status,
      settings: { ...connection.settings },
      usage: toView(connections.usage(connection)),
      missing: isGone(connection) ? [] : [...connections.missingScopes(connection)],
      left: [...(left.get(connection.id) ?? [])],
    }));
  },
});

const toView = (usage: Usage | null) =>
  usage && {
    ...usage,
    resetsAt: usage.resetsAt === null ? null : new Date(usage.resetsAt).toISOString(),
  };
