import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type DynamicsEvent, parsePush } from '../../crm/dynamics/webhook-events.ts';
import type { InboxEvent } from '../../inbox/inbox-event.ts';
import { parseVendorJson, readBody } from '../body.ts';
import { addressFor } from '../limits/address-of.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';

/** Dataverse cuts larger bodies down to 256 KB itself. */
const LARGEST = 512 * 1024;

/** What a push proves itself by. */
export const webhookQuery = z.object({ code: z.string() });

/** The part of a RemoteExecutionContext that is read. */
export const webhookBody = z.looseObject({
  MessageName: z.string(),
  PrimaryEntityName: z.string(),
  PrimaryEntityId: z.string(),
  OrganizationId: z.string(),
  OperationId: z.string(),
});

/**
 * Takes what Dataverse pushes: durable rows first, then 200, then the inbox works on them. What cannot be stored is
 * answered with 503, which is tried once more; a 500 never would be.
 */
export const dynamicsWebhooks =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const push = parsePush(parseVendorJson(await readBody(request, LARGEST)));
    if (!push.ok)
      throw problem('invalid_request', push.message, [
        { field: '/', message: 'must be a RemoteExecutionContext' },
      ]);
    const { organizationId, events } = push;
    const secret = webhookQuery.safeParse(request.query).data?.code ?? '';
    const connection = await parts.limits.proof(addressFor(request, organizationId), secret, async () => {
      const found = await orUnavailable(() => parts.connections.find('dynamics', organizationId));
      return found !== null && parts.pushes.holds(found.id, secret) ? found : null;
    });
    if (connection === null)
      throw problem(
        'unauthenticated',
        'Send the code of the connection’s own webhook; Fairlead registers it within the hour.',
      );
    const rows = events.map((event) => {
      const payload = toInboxEvent(event);
      return { connectionId: connection.id, kind: payload.kind, dedupe: event.dedupe, payload };
    });
    if (rows.length > 0) await orUnavailable(() => parts.inbox.put(rows));
    parts.metrics.pushed('stored', rows.length);
    if (rows.length === 0) parts.metrics.pushed('ignored', 1);
    sendJson(response, { stored: rows.length });
  };

const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch {
    throw problem('unavailable', 'The push could not be stored: send it again.');
  }
};

const toInboxEvent = (event: DynamicsEvent): InboxEvent => {
  const record = { objectType: 'lead', recordId: event.recordId };
  switch (event.kind) {
    case 'record_changed':
      return { kind: 'record_changed', ...record };
    case 'owner_changed':
      return { kind: 'owner_changed', ...record, ownerId: event.ownerId, at: event.at };
    case 'record_gone':
      return { kind: 'record_gone', ...record, mergedInto: event.mergedInto };
    default:
      return event satisfies never;
  }
};
