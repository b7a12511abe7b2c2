import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { intakeOf } from '../../crm/pipedrive/intake.ts';
import { type PipedriveEvent, parsePush } from '../../crm/pipedrive/webhook-events.ts';
import type { InboxEvent } from '../../inbox/inbox-event.ts';
import { LIMITS, parseVendorJson, readBody } from '../body.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { basicAuth } from './basic-auth.ts';

/** One event, as Pipedrive posts it. */
export const pushBody = z.looseObject({
  meta: z.looseObject({ id: z.string(), action: z.string(), entity: z.string(), entity_id: z.string() }),
});

/** Takes what Pipedrive pushes: durable rows first, then 200, then the inbox works on them. */
export const webhooks =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const connection = await pusherOf(request, parts);
    const body = parseVendorJson(await readBody(request, LIMITS.hubspot));
    const { userId } = connection.settings;
    const push = parsePush(body, {
      userId: typeof userId === 'number' || typeof userId === 'string' ? String(userId) : null,
      intake: intakeOf(connection),
    });
    if (!push.ok)
      throw problem('invalid_request', push.message, [{ field: '/meta', message: 'must be an event’s' }]);
    if (push.companyId !== connection.externalId)
      throw problem('foreign_org', 'The push is of another company than the connection whose secret it has.');
    const rows = push.events.map((event) => {
      const payload = toInboxEvent(event);
      return { connectionId: connection.id, kind: payload.kind, dedupe: event.dedupe, payload };
    });
    if (rows.length > 0) await parts.inbox.put(rows);
    parts.metrics.pushed('stored', rows.length);
    if (rows.length === 0) parts.metrics.pushed('ignored', 1);
    sendJson(response, { stored: rows.length });
  };

/** The connection whose id and secret HTTP Basic carries, known before anything of the body is read. Throws `unauthenticated`. */
const pusherOf = async (request: Request, { pushes, metrics }: HttpParts): Promise<ConnectionInfo> => {
  const given = basicAuth(request);
  const proven = given !== null && pushes.holds(given.user, given.password);
  const connection = proven ? await pushes.connection(given.user) : null;
  if (connection?.vendor === 'pipedrive') return connection;
  metrics.signatureRefused('push_secret');
  throw problem(
    'unauthenticated',
    'Register the webhook by connecting the company: Fairlead sets its secret.',
  );
};

const toInboxEvent = ({ dedupe: _, ...event }: PipedriveEvent): InboxEvent => event;
