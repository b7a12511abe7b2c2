import type { IncomingMessage } from 'node:http';
import { isPlain, madeUsable, unusableIn } from '../base/plain-data.ts';
import { problem } from './problem.ts';

const KIB = 1024;

/** Bodies larger than these many bytes are refused with 413. HubSpot's own limit is 1 MB. */
export const LIMITS = Object.freeze({ small: 64 * KIB, hubspot: 1024 * KIB, batch: 2048 * KIB });

/** The raw bytes of a body, as signatures cover them. Rejects with a problem when larger than `limit` or cut short. */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const tooLarge = () =>
    problem('body_too_large', `Send at most ${limit} bytes; split the rest into further requests.`);
  const cutShort = () => problem('request_aborted', 'Send the whole body, then wait for the reply.');
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    request.resume();
    return Promise.reject(tooLarge());
  }
  if (request.headers['content-encoding'] && request.headers['content-encoding'] !== 'identity')
    return Promise.reject(problem('unsupported_media_type', 'Send the body without a content encoding.'));
  // Whoever hung up while we looked who calls is heard of no more: nothing would ever come.
  if (request.destroyed) return Promise.reject(cutShort());
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else reject(tooLarge());
  });
  request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
  request.on('error', reject);
  request.on('aborted', () => reject(cutShort()));
  return promise;
};

/** Parses a body as JSON; a problem when it is not. */
export const parseJson = (body: Buffer): unknown => parseText(body.toString('utf8'));

/** Parses what a vendor sent: characters nothing can store are replaced, since nobody could send it anew without them. */
export const parseVendorJson = (body: Buffer): unknown => {
  const value = parseText(body.toString('utf8'));
  if (isPlain(value)) return value;
  const mended = madeUsable(value);
  if (isPlain(mended)) return mended;
  throw problem('invalid_request', 'Send a body that is nested less deeply.', unusableIn(mended));
};

const parseText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw problem('malformed_json', `Correct the body: ${(error as Error).message}.`);
  }
};
