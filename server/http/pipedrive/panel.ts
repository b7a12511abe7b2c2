import type { Request, RequestHandler } from 'express';
import { type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { isGone } from '../../assignments/account-status.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { RecordCard } from '../../assignments/views.ts';
import { readCardFor } from '../cards/press.ts';
import { readerOf } from '../cards/reader-of.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { panelData } from './panel-data.ts';

const number = z.string().regex(/^\d+$/, 'must be a number');

/** What Pipedrive asks of a panel. `isShared`: whoever looks has not installed the app. */
export const panelQuery = z.object({
  resource: z.enum(['deal', 'person', 'organization']),
  view: z.string().optional(),
  userId: number,
  companyId: number,
  selectedIds: number.describe('The record that is open.'),
  isShared: z.enum(['true', 'false']).optional(),
  token: z.string().describe('A JWT signed with the app’s client secret.'),
});
type Query = z.infer<typeof panelQuery>;

/** Why a deal's or a person's lead was given to whom. Leads themselves have no panels in Pipedrive. */
export const panel =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const query = parseInput(panelQuery, request.query, '/query');
    await verify(query, parts);
    const connection = await parts.connections.find('pipedrive', query.companyId);
    const card =
      connection === null || isGone(connection) ? null : await cardOf(connection, query, request, parts);
    sendJson(response, { data: card === null ? {} : panelData(card, Number(query.selectedIds)) });
  };

/** The token must be Pipedrive's, and of the user and company the query names. */
const verify = async ({ token, userId, companyId }: Query, parts: HttpParts): Promise<void> => {
  const { clientSecret } = parts.pipedrive;
  if (clientSecret === null)
    throw problem('not_configured', 'Set PIPEDRIVE_CLIENT_SECRET, then start again.');
  const payload = await payloadOf(token, clientSecret, parts.clock.now());
  if (payload !== null && String(payload.userId) === userId && String(payload.companyId) === companyId)
    return;
  parts.metrics.signatureRefused('panel_token');
  throw problem(
    'invalid_signature',
    'Open the panel in Pipedrive: its token is not this app’s, or has ended.',
  );
};

const payloadOf = async (token: string, secret: string, now: number): Promise<JWTPayload | null> => {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
    });
    return payload;
  } catch {
    return null;
  }
};

const cardOf = async (
  connection: ConnectionInfo,
  { resource, userId, selectedIds, isShared }: Query,
  request: Request,
  parts: HttpParts,
): Promise<RecordCard | null> => {
  if (resource === 'organization') return null;
  // A person who shares the panel without the app is nobody's rep here.
  const looker = await parts.queries.looker(connection, isShared === 'true' ? null : userId);
  const read = (record: RecordRef) =>
    readCardFor({ connection, about: { record }, looker, reader: readerOf(request, undefined) }, parts);
  const record = { connectionId: connection.id, objectType: resource, recordId: selectedIds };
  const own = await read(record);
  if (own.explanation !== null) return own;
  const lead = await parts.pipedrive.leadBehind(connection, record);
  return lead === null ? null : read(lead);
};
