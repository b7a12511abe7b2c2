import { randomBytes } from 'node:crypto';
import { answersChallenge } from '../../open-id/challenge.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from './app.ts';

/** Authorisation codes are good once, for so long. Source: OAuth 2.0 web server flow. */
const CODE_MS = 15 * 60_000;

/** What somebody agreed to. */
interface Agreed {
  readonly grant: Grant;
  /** Of a sign-in, for the ID token; null: the app gave none. */
  readonly nonce: string | null;
}

interface Code extends Agreed {
  readonly redirectUri: string;
  /** base64url of the SHA-256 of the verifier; null: the app sent none. */
  readonly challenge: string | null;
  readonly expiresAt: number;
  used: boolean;
}

/** Authorisation codes with PKCE. */
export const createCodes = (now: () => number) => {
  const codes = new Map<string, Code>();
  return {
    issue: (
      grant: Grant,
      redirectUri: string,
      challenge: string | null,
      nonce: string | null = null,
    ): string => {
      const code = `aPrx${randomBytes(36).toString('base64url')}==`;
      codes.set(code, { grant, nonce, redirectUri, challenge, expiresAt: now() + CODE_MS, used: false });
      return code;
    },
    /** What a code stands for. Throws OAuthError. */
    redeem: (form: Readonly<Record<string, unknown>>): Agreed => {
      const code = codes.get(String(form.code ?? ''));
      if (!code) throw new OAuthError('invalid_grant', 'invalid authorization code');
      if (code.used || code.expiresAt <= now())
        throw new OAuthError('invalid_grant', 'expired authorization code');
      if (form.redirect_uri !== code.redirectUri)
        throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
      if (!answersChallenge(code.challenge, form.code_verifier))
        throw new OAuthError('invalid_grant', 'invalid code verifier');
      code.used = true;
      return { grant: code.grant, nonce: code.nonce };
    },
  };
};
