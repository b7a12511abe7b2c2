import type { RequestHandler } from 'express';
import { z } from 'zod';
import { isOwnNavigation, signedIn } from '../authenticate.ts';
import { addressOf } from '../limits/address-of.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { keepSecret } from './browser-secrets.ts';
import { toConnections } from './to-connections.ts';

export const vendorParams = z.object({
  vendor: z.enum(['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack']),
});
export const answersQuery = z.object({}).catchall(z.string().max(300));

/**
 * Sends an administrator to the vendor's page, where they agree. Who is not signed in does that first. Who comes from
 * another site's page (a listing, or one that names its own account and signs the browser in there) presses first.
 */
export const beginInstall =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    const { vendor } = parseInput(vendorParams, request.params, '/path');
    const answers = parseInput(answersQuery, request.query, '/query');
    const caller = await signedIn(parts.access, request);
    const mayBegin = caller?.may.has('administer') === true && isOwnNavigation(request);
    if (!mayBegin) return toConnections(response, { connect: vendor });
    try {
      const { url, browser, lastsMs } = await parts.installs.begin(caller.tenantId, vendor, answers);
      keepSecret(parts, response, 'install', { value: browser, lastsMs });
      response.setHeader('cache-control', 'no-store');
      response.redirect(302, url);
    } catch (error) {
      toConnections(response, { vendor, error });
    }
  };
