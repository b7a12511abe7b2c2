import { createHash } from 'node:crypto';

/** Whether a verifier is the one of a code's challenge (PKCE, S256). Where there is no challenge, none is asked for. */
export const answersChallenge = (challenge: string | null, verifier: unknown): boolean =>
  challenge === null ||
  (typeof verifier === 'string' && createHash('sha256').update(verifier).digest('base64url') === challenge);
