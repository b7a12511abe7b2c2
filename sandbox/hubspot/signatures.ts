import { createHash, createHmac } from 'node:crypto';

/** The escapes HubSpot undoes before signing a URI with v3; all others stay. Source: "Validating requests". */
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

const decodeUri = (uri: string): string =>
  uri.replace(/%[0-9a-f]{2}/gi, (code) => DECODED[code.toUpperCase()] ?? code);

/** v3: base64 of HMAC-SHA256 over method, URI, body and timestamp. */
export const signV3 = (
  secret: string,
  method: string,
  uri: string,
  body: string,
  timestamp: string,
): string =>
  createHmac('sha256', secret)
    .update(`${method}${decodeUri(uri)}${body}${timestamp}`)
    .digest('base64');

/** v2: hex of SHA-256 over secret, method, URI and body. */
export const signV2 = (secret: string, method: string, uri: string, body: string): string =>
  createHash('sha256').update(`${secret}${method}${uri}${body}`).digest('hex');

/** v1: hex of SHA-256 over secret and body. */
export const signV1 = (secret: string, body: string): string =>
  createHash('sha256').update(`${secret}${body}`).digest('hex');
