import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** What HTTP Basic says of the caller; null: nothing. */
export const basicAuth = (request: Request): { readonly user: string; readonly password: string } | null => {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares without telling by its time how much is equal. */
export const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
