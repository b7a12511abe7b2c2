import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { objectTypeOf } from '../../crm/salesforce/ids.ts';
import { LIMITS, parseVendorJson, readBody } from '../body.ts';
import { type CardCaller, type Press, press, readCardFor } from '../cards/press.ts';
import { readerOf } from '../cards/reader-of.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { PRESSES, type PressKind } from '../schemas/card.ts';
import { sendJson } from '../send-json.ts';
import { orgCaller, requestIdOf, salesforceId } from './org-caller.ts';

export const recordParams = z.object({ recordId: salesforceId });

/** What the card on a record page shows. */
export const assignment =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    sendJson(response, await readCardFor(await callerOf(request, parts), parts));
  };

/** A button on that card. */
export const pressAssignment =
  (kind: PressKind) =>
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const caller = await callerOf(request, parts);
    const key = `${caller.connection.id}/${requestIdOf(request)}`;
    const body = parseInput<object>(PRESSES[kind], parseVendorJson(await readBody(request, LIMITS.small)));
    const pressed = { kind, ...body } as Press;
    sendJson(response, await press(pressed, caller, { endpoint: `salesforce/${kind}`, key }, parts));
  };

const callerOf = async (request: Request, parts: HttpParts): Promise<CardCaller> => {
  const { connection, userId, timezone } = await orgCaller(request, parts);
  const { recordId } = parseInput(recordParams, request.params, '/path');
  const objectType = objectTypeOf(recordId);
  if (objectType === null)
    throw problem('not_found', 'Ask about a lead, a contact, an account or an opportunity.');
  return {
    connection,
    about: { record: { connectionId: connection.id, objectType, recordId } },
    looker: await parts.queries.looker(connection, userId),
    reader: readerOf(request, timezone),
  };
};
