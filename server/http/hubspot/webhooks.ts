import type { RequestHandler } from 'express';
import { type HubspotEvent, parsePush } from '../../crm/hubspot/webhook-events.ts';
import type { InboxEvent } from '../../inbox/inbox-event.ts';
import type { NewInboxRow } from '../../inbox/inbox-store.ts';
import { parseVendorJson } from '../body.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { verifiedBody } from './verified-body.ts';

const MOST_EVENTS = 100;

/** Takes what HubSpot pushes: durable rows first, then 200, then the inbox works on them. */
export const webhooks =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const body = parseVendorJson(await verifiedBody(request, parts, ['v3']));
    if (Array.isArray(body) && body.length > MOST_EVENTS)
      throw problem('invalid_request', `Send at most ${MOST_EVENTS} events at once.`, [
        { field: '/', message: `must hold at most ${MOST_EVENTS} events` },
      ]);
    const push = parsePush(body);
    if (!push.ok)
      throw problem('invalid_request', push.message, [{ field: '/', message: 'must be an array of events' }]);
    const rows = await toRows(push.events, parts);
    if (rows.length > 0) await parts.inbox.put(rows);
    parts.metrics.pushed('stored', rows.length);
    parts.metrics.pushed('ignored', push.ignored + push.events.length - rows.length);
    sendJson(response, { stored: rows.length });
  };

/** Events of accounts nobody here has connected are dropped: HubSpot would only send them again. */
const toRows = async (events: readonly HubspotEvent[], parts: HttpParts): Promise<NewInboxRow[]> => {
  const rows: NewInboxRow[] = [];
  for (const event of events) {
    const connection = await parts.connections.find('hubspot', event.portalId);
    if (!connection) continue;
    const payload = toInboxEvent(event);
    rows.push({ connectionId: connection.id, kind: payload.kind, dedupe: event.dedupe, payload });
  }
  return rows;
};

const toInboxEvent = (event: HubspotEvent): InboxEvent => {
  const record = { objectType: event.objectType, recordId: event.recordId };
  switch (event.kind) {
    case 'record_changed':
      return { kind: 'record_changed', ...record };
    case 'owner_changed':
      return { kind: 'owner_changed', ...record, ownerId: event.ownerId, at: event.at };
    case 'record_gone':
      return { kind: 'record_gone', ...record, mergedInto: event.mergedInto };
    case 'erase':
      return { kind: 'erase', ...record };
    case 'user_changed':
      return { kind: 'people_changed' };
    default:
      return event satisfies never;
  }
};
