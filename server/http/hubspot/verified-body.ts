import type { Request } from 'express';
import { type SignatureVersion, verifySignature } from '../../crm/hubspot/signature.ts';
import { LIMITS, readBody } from '../body.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';

const REMEDY: Readonly<Record<string, string>> = {
  unsigned: 'Sign the request as HubSpot does.',
  duplicate_header: 'Send each signature header once.',
  bad_timestamp: 'Send X-HubSpot-Request-Timestamp in milliseconds.',
  stale: 'The timestamp is older than five minutes: sign the request anew.',
  future: 'The timestamp lies in the future: set the clock.',
  not_accepted: 'Sign with version 3.',
  mismatch: 'Check that HUBSPOT_CLIENT_SECRET is the app’s and PUBLIC_BASE_URL the origin HubSpot calls.',
};

/** The raw body of a request HubSpot signed. Throws `not_configured` or `invalid_signature`. */
export const verifiedBody = async (
  request: Request,
  parts: HttpParts,
  accept: readonly SignatureVersion[],
): Promise<Buffer> => {
  const { clientSecret, publicBaseUrl } = parts.hubspot;
  if (clientSecret === null) throw problem('not_configured', 'Set HUBSPOT_CLIENT_SECRET, then start again.');
  const rawBody = await readBody(request, LIMITS.hubspot);
  const signed = {
    method: request.method,
    url: publicBaseUrl() + request.originalUrl,
    rawBody,
    headers: request.headersDistinct,
  };
  const verdict = verifySignature(signed, { secret: clientSecret, now: parts.clock.now(), accept });
  if (verdict.ok) return rawBody;
  parts.metrics.signatureRefused(verdict.code);
  throw problem('invalid_signature', REMEDY[verdict.code] ?? 'Sign the request as HubSpot does.');
};
