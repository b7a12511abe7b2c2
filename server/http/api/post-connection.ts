import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import type { NewConnection } from '../ports.ts';
import { problem } from '../problem.ts';
import { id } from '../schemas/common.ts';

/** Whether Fairlead gets the tokens by its app's own secret. */
const signsInByItself = ({
  vendor,
  settings,
}: {
  readonly vendor: string;
  readonly settings: Readonly<Record<string, unknown>>;
}): boolean =>
  (vendor === 'salesforce' && settings.flow === 'client_credentials') ||
  (vendor === 'dynamics' && settings.flow !== 'delegated');

const token = z.string().min(1).max(10_000);

/**
 * Connects a CRM account or Slack workspace with tokens already granted. The same account again: replaced. Whose account
 * the tokens are of is believed: on a copy where strangers begin workspaces only the vendor says so, after an install.
 */
export const postConnection = defineEndpoint({
  method: 'post',
  path: '/api/v1/connections',
  needs: 'administer',
  summary: 'Connect a CRM account or Slack workspace',
  body: z
    .strictObject({
      vendor: z.enum(['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack']),
      externalId: id,
      name: z.string().min(1).max(200),
      scopes: z
        .union([z.array(z.string().max(200)).max(200), z.string().max(5_000)])
        .describe('A list, or one text with spaces.'),
      tokens: z
        .strictObject({
          accessToken: token,
          refreshToken: token,
          expiresIn: z.int().positive().describe('Seconds.'),
        })
        .partial(),
      settings: z.record(z.string(), z.unknown()).default({}),
    })
    .superRefine((given, ctx) => {
      if (typeof given.settings.url === 'string' && !/^https?:\/\//i.test(given.settings.url))
        ctx.addIssue({
          code: 'custom',
          path: ['settings', 'url'],
          message: 'must be an http or https address',
          input: given.settings.url,
        });
      if (signsInByItself(given) || given.tokens.accessToken || given.tokens.refreshToken) return;
      const message = 'must hold an accessToken or a refreshToken';
      ctx.addIssue({ code: 'custom', path: ['tokens'], message, input: given.tokens });
    }),
  reply: z.object({
    id: z.string(),
    credential: z
      .string()
      .exactOptional()
      .describe('Of a Salesforce org, shown once: what its code shows when it calls.'),
  }),
  problems: ['conflict', 'invalid_settings'],
  changes: { action: 'connection.connected', subject: (_call, reply) => reply.id },
  handle: ({ body, caller }, { connections, signIns }) => {
    if (signIns.newWorkspaces)
      throw problem(
        'forbidden',
        'Connect the account in the console, under Connections: there its vendor says whose it is.',
      );
    const connection: NewConnection = {
      vendor: body.vendor,
      externalId: body.externalId,
      name: body.name,
      scopes: typeof body.scopes === 'string' ? body.scopes.split(/\s+/).filter(Boolean) : body.scopes,
      tokens: {
        accessToken: body.tokens.accessToken ?? null,
        refreshToken: body.tokens.refreshToken ?? null,
        expiresIn: body.tokens.expiresIn ?? null,
      },
      settings: body.settings,
    };
    return connections.put(caller.tenantId, connection);
  },
});
