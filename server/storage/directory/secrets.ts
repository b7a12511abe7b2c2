import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as text; `prefix` says what it opens. */
export const newSecret = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is stored of a secret: it is long and random, so a plain SHA-256 cannot be turned back. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const SHOWN = 9;
/** Below that, what is left to guess would be too little. */
const LONG_ENOUGH = 30;

/** The first characters, by which people tell secrets apart; null: too short to show any. */
export const prefixOf = (secret: string): string | null =>
  secret.length < LONG_ENOUGH ? null : secret.slice(0, SHOWN);
