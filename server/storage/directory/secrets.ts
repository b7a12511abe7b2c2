import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as text; `prefix` says what it opens. */
export const newSecret = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is stored of a secret: it is long and random, so a plain SHA-256 cannot be turned back. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
