import { RECENT_SIGN_IN_MS } from '../base/recent-sign-in.ts';
import type { Caller, HttpParts } from './ports.ts';
import { problem } from './problem.ts';

/**
 * Whether a person signed in lately enough to change who gets in. An API key proves itself with every call, and a browser
 * on the service's own machine signs in with nobody.
 */
export const signedInLately = ({ session }: Caller, { clock }: Pick<HttpParts, 'clock'>): boolean =>
  session === null || session.person === null || clock.now() - session.provenAt <= RECENT_SIGN_IN_MS;

/** Throws `sign_in_again` where a person signed in too long ago for something that decides who gets in. */
export const requireRecentSignIn = (caller: Caller, parts: Pick<HttpParts, 'clock'>): void => {
  if (signedInLately(caller, parts)) return;
  const minutes = RECENT_SIGN_IN_MS / 60_000;
  throw problem(
    'sign_in_again',
    `This asks for a sign-in of the last ${minutes} minutes: sign in again, then repeat it.`,
  );
};
