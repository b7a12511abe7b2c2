import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { notification, toEvents, type ZohoEvent } from '../../crm/zoho/webhook-events.ts';
import type { InboxEvent } from '../../inbox/inbox-event.ts';
import { LIMITS, parseVendorJson, readBody } from '../body.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';

/** Part of the address Fairlead registers. */
export const notificationsQuery = z.object({
  connection: z.string().describe('The connection that is told.'),
});

export const notificationsBody = notification;

const proof = z.object({ token: z.string() });

/** Takes what Zoho notifies of: durable rows first, then 200, then the inbox works on them. */
export const notifications =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const body = parseVendorJson(await readBody(request, LIMITS.hubspot));
    const { id } = await callerOf(request, body, parts);
    const events = toEvents(parseInput(notification, body));
    const rows = events.map((event) => {
      const payload = toInboxEvent(event);
      return { connectionId: id, kind: payload.kind, dedupe: event.dedupe, payload };
    });
    if (rows.length > 0) await parts.inbox.put(rows);
    parts.metrics.pushed('stored', rows.length);
    sendJson(response, { stored: rows.length });
  };

/** Zoho signs nothing: its only proof is the channel's token, which nobody but this service and the org knows. */
const callerOf = async (request: Request, body: unknown, parts: HttpParts): Promise<ConnectionInfo> => {
  const { connection: id } = notificationsQuery.safeParse(request.query).data ?? {};
  const { token } = proof.safeParse(body).data ?? {};
  const known = id !== undefined && token !== undefined && parts.pushes.holds(id, token);
  const connection = known ? await parts.pushes.connection(id) : null;
  if (connection?.vendor === 'zoho') return connection;
  throw problem(
    'unauthenticated',
    'Send the token of a channel that Fairlead registered, to the address it registered.',
  );
};

const toInboxEvent = (event: ZohoEvent): InboxEvent => {
  switch (event.kind) {
    case 'people_changed':
      return { kind: 'people_changed' };
    case 'record_changed':
      return { kind: 'record_changed', objectType: event.objectType, recordId: event.recordId };
    case 'owner_changed': {
      const { kind, objectType, recordId, ownerId, at } = event;
      return { kind, objectType, recordId, ownerId, at };
    }
    case 'record_gone':
      return {
        kind: 'record_gone',
        objectType: event.objectType,
        recordId: event.recordId,
        mergedInto: null,
      };
    default:
      return event satisfies never;
  }
};
