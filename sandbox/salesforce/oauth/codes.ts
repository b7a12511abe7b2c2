import { createHash, randomBytes } from 'node:crypto';
import { OAuthError } from '../errors.ts';
import type { Grant } from './app.ts';

/** Authorisation codes are good once, for so long. Source: OAuth 2.0 web server flow. */
const CODE_MS = 15 * 60_000;

interface Code extends Grant {
  readonly redirectUri: string;
  /** base64url of the SHA-256 of the verifier; null: the app sent none. */
  readonly challenge: string | null;
  readonly expiresAt: number;
  used: boolean;
}

const matches = (challenge: string, verifier: unknown): boolean =>
  typeof verifier === 'string' && createHash('sha256').update(verifier).digest('base64url') === challenge;

/** Authorisation codes with PKCE. */
export const createCodes = (now: () => number) => {
  const codes = new Map<string, Code>();
  return {
    issue: (grant: Grant, redirectUri: string, challenge: string | null): string => {
      const code = `aPrx${randomBytes(36).toString('base64url')}==`;
      codes.set(code, { ...grant, redirectUri, challenge, expiresAt: now() + CODE_MS, used: false });
      return code;
    },
    /** The grant behind a code. Throws OAuthError. */
    redeem: (form: Readonly<Record<string, unknown>>): Grant => {
      const code = codes.get(String(form.code ?? ''));
      if (!code) throw new OAuthError('invalid_grant', 'invalid authorization code');
      if (code.used || code.expiresAt <= now())
        throw new OAuthError('invalid_grant', 'expired authorization code');
      if (form.redirect_uri !== code.redirectUri)
        throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
      if (code.challenge !== null && !matches(code.challenge, form.code_verifier))
        throw new OAuthError('invalid_grant', 'invalid code verifier');
      code.used = true;
      return { orgId: code.orgId, userId: code.userId, scopes: code.scopes };
    },
  };
};
