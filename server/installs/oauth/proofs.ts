import { createHash } from 'node:crypto';

/** What is stored of a secret that a browser or an address carries: it is long and random. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The PKCE challenge (S256) of a verifier. */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');
