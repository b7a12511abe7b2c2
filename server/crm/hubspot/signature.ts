import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SIGNATURE_MAX_AGE_MS, SIGNATURE_MAX_AHEAD_MS } from './facts.ts';

/** A request as it came over the wire, addressed by the public URL it was signed for. */
export interface SignedRequest {
  readonly method: string;
  /** The configured public origin + the request's path and query, exactly as sent (never from Host or X-Forwarded-*). */
  readonly url: string;
  readonly rawBody: Uint8Array;
  /** Node's `headersDistinct`: lower-case names, every value of each. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
}

export type SignatureVersion = 'v3' | 'v2' | 'v1';

export type SignatureVerdict =
  | { readonly ok: true; readonly version: SignatureVersion }
  | {
      readonly ok: false;
      readonly code:
        | 'unsigned'
        | 'duplicate_header'
        | 'bad_timestamp'
        | 'stale'
        | 'future'
        | 'not_accepted'
        | 'mismatch';
    };

/**
 * Checks that HubSpot sent a request. One secret signs for every account, so a pass proves HubSpot, never which tenant.
 * `accept` lists the versions the endpoint allows; a v3 header, where there is one, decides alone. `now`: epoch ms.
 * Source: HubSpot's page on validating requests; docs/hubspot.md says which endpoint takes which version.
 */
export const verifySignature = (
  request: SignedRequest,
  given: { readonly secret: string; readonly now: number; readonly accept: readonly SignatureVersion[] },
): SignatureVerdict => {
  const found = readHeaders(request.headers);
  if ('code' in found) return { ok: false, code: found.code };
  if (!given.accept.includes(found.version)) return { ok: false, code: 'not_accepted' };
  const aged = found.version === 'v3' ? checkAge(found.timestamp, given.now) : null;
  if (aged) return { ok: false, code: aged };
  const expected = expectedSignature(request, found, given.secret);
  return sameText(expected, found.signature)
    ? { ok: true, version: found.version }
    : { ok: false, code: 'mismatch' };
};

interface Found {
  readonly version: SignatureVersion;
  readonly signature: string;
  readonly timestamp: string;
}

const SIGNATURE_HEADERS = [
  'x-hubspot-signature-v3',
  'x-hubspot-request-timestamp',
  'x-hubspot-signature',
  'x-hubspot-signature-version',
] as const;

const readHeaders = (
  headers: SignedRequest['headers'],
): Found | { code: 'unsigned' | 'duplicate_header' } => {
  // Two values could be checked by us and used by somebody else differently: such a request is refused outright.
  if (SIGNATURE_HEADERS.some((name) => (headers[name]?.length ?? 0) > 1)) return { code: 'duplicate_header' };
  const [v3, timestamp, old, version] = SIGNATURE_HEADERS.map((name) => headers[name]?.[0]);
  if (v3 !== undefined) return { version: 'v3', signature: v3, timestamp: timestamp ?? '' };
  if (old === undefined) return { code: 'unsigned' };
  return { version: version?.toLowerCase() === 'v2' ? 'v2' : 'v1', signature: old, timestamp: '' };
};

const checkAge = (timestamp: string, now: number): 'bad_timestamp' | 'stale' | 'future' | null => {
  if (!/^\d{1,15}$/.test(timestamp)) return 'bad_timestamp';
  if (now - Number(timestamp) > SIGNATURE_MAX_AGE_MS) return 'stale';
  return Number(timestamp) - now > SIGNATURE_MAX_AHEAD_MS ? 'future' : null;
};

const expectedSignature = (request: SignedRequest, found: Found, secret: string): string => {
  const { method, url, rawBody } = request;
  switch (found.version) {
    case 'v3':
      return createHmac('sha256', secret)
        .update(method + decodeForV3(url))
        .update(rawBody)
        .update(found.timestamp)
        .digest('base64');
    case 'v2':
      return createHash('sha256')
        .update(secret + method + url)
        .update(rawBody)
        .digest('hex');
    case 'v1':
      return createHash('sha256').update(secret).update(rawBody).digest('hex');
    default:
      return found.version satisfies never;
  }
};

/** The only escapes HubSpot undoes before it signs; a space, `&`, `=` and `+` stay escaped. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

const decodeForV3 = (url: string): string =>
  url.replaceAll(/%[0-9A-F]{2}/gi, (found) => DECODED[found.toUpperCase()] ?? found);

/** Compares in constant time. How long a signature is, is no secret. */
const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
