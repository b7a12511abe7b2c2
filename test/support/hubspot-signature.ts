import { createHash, createHmac } from 'node:crypto';

/** HubSpot's v3 signature headers for a request, made as the vendor documents it. `at` in epoch milliseconds. */
export function signV3(
  secret: string,
  method: string,
  url: string,
  body: string,
  at: number,
): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`${method}${url}${body}${at}`).digest('base64');
  return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) };
}

/** HubSpot's older v2 headers: a plain hash, no time in it. */
export function signV2(secret: string, method: string, url: string, body: string): Record<string, string> {
  const signature = createHash('sha256').update(`${secret}${method}${url}${body}`).digest('hex');
  return { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' };
}
