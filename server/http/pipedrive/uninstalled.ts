import type { RequestHandler } from 'express';
import { z } from 'zod';
import { LIMITS, parseVendorJson, readBody } from '../body.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { sendJson } from '../send-json.ts';
import { basicAuth, isSame } from './basic-auth.ts';

const id = z.union([z.string().min(1), z.number()]).transform(String);

/** What Pipedrive says when somebody removes the app: an installation is one user's, not the company's. */
export const uninstalledBody = z.object({
  client_id: z.string(),
  company_id: id,
  user_id: id,
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
});

/** Somebody removed the app: where the connection was theirs, it ends. Pipedrive ignores the answer. */
export const uninstalled =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { clientId, clientSecret, uninstalled: end } = parts.pipedrive;
    if (clientId === null || clientSecret === null)
      throw problem(
        'not_configured',
        'Set PIPEDRIVE_CLIENT_ID and PIPEDRIVE_CLIENT_SECRET, then start again.',
      );
    const given = basicAuth(request);
    if (given === null || !isSame(given.user, clientId) || !isSame(given.password, clientSecret)) {
      parts.metrics.signatureRefused('app_secret');
      throw problem('unauthenticated', 'Send the app’s client id and secret with HTTP Basic.');
    }
    const body = parseInput(uninstalledBody, parseVendorJson(await readBody(request, LIMITS.small)));
    const connection = await parts.connections.find('pipedrive', body.company_id);
    const theirs = connection !== null && String(connection.settings.userId ?? body.user_id) === body.user_id;
    const at = body.timestamp === undefined ? parts.clock.now() : Date.parse(body.timestamp);
    sendJson(response, { ended: theirs && (await end(connection, at)) });
  };
