import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { isGone } from '../../assignments/account-status.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordCardAsked } from '../../assignments/queries.ts';
import { objectTypeOf } from '../../crm/hubspot/facts.ts';
import { parseVendorJson } from '../body.ts';
import { type CardCaller, type Press, press, readCardFor } from '../cards/press.ts';
import { readerOf } from '../cards/reader-of.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { PRESSES, type PressKind } from '../schemas/card.ts';
import { id } from '../schemas/common.ts';
import { sendJson } from '../send-json.ts';
import { verifiedBody } from './verified-body.ts';

const digits = z.string().regex(/^\d{1,20}$/, 'must be a number');

/** HubSpot adds who calls to the address it signs: the account and the person. */
export const whoQuery = z.object({
  portalId: digits,
  userId: digits.optional(),
  timezone: z.string().max(100).optional(),
});

export const recordQuery = whoQuery.extend({
  objectType: z
    .string()
    .transform((name, ctx): string => {
      const found = objectTypeOf(name);
      if (found !== null) return found;
      ctx.addIssue({
        code: 'custom',
        message: 'must be contact, company, deal, lead or its type id',
        input: name,
      });
      return z.NEVER;
    })
    .meta({ override: { type: 'string' } }),
  objectId: digits,
});

export const assignmentParams = z.object({ id });

const requestId = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters');

/** What a button sends, with the id that a repeat of it carries again. */
export const pressBody = <Kind extends PressKind>(kind: Kind) => PRESSES[kind].extend({ requestId });

/** What the card on a record shows. */
export const assignment =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await verifiedBody(request, parts, ['v3']);
    const query = parseInput(recordQuery, request.query, '/query');
    const { objectType, objectId: recordId } = query;
    const connection = await connectionOf(query.portalId, parts);
    const about = { record: { connectionId: connection.id, objectType, recordId } };
    const card = await readCardFor(await callerOf(request, connection, query, about, parts), parts);
    sendJson(response, { ok: true, card });
  };

/** A button on that card. */
export const pressAssignment =
  (kind: PressKind) =>
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const raw = await verifiedBody(request, parts, ['v3']);
    const query = parseInput(whoQuery, request.query, '/query');
    const { id: assignmentId } = parseInput(assignmentParams, request.params, '/path');
    const body = parseInput<{ requestId: string }>(pressBody(kind), parseVendorJson(raw));
    const connection = await connectionOf(query.portalId, parts);
    const caller = await callerOf(request, connection, query, { assignmentId }, parts);
    const { requestId: key, ...pressed } = { kind, ...body };
    const about = { endpoint: `hubspot/${kind}`, key: `${connection.id}/${key}` };
    sendJson(response, await press(pressed as unknown as Press, caller, about, parts));
  };

const connectionOf = async (portalId: string, parts: HttpParts): Promise<ConnectionInfo> => {
  const connection = await parts.connections.find('hubspot', portalId);
  if (connection === null || isGone(connection))
    throw problem('not_found', 'Connect this HubSpot account to Fairlead.');
  return connection;
};

const callerOf = async (
  request: Request,
  connection: ConnectionInfo,
  { userId, timezone }: z.infer<typeof whoQuery>,
  about: RecordCardAsked['about'],
  parts: HttpParts,
): Promise<CardCaller> => ({
  connection,
  about,
  looker: await parts.queries.looker(connection, userId ?? null),
  reader: readerOf(request, timezone),
});
