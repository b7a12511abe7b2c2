import { randomBytes } from 'node:crypto';
import { answersChallenge } from '../../open-id/challenge.ts';
import { EntraError } from '../errors.ts';

/** How the app asked for a code. */
export interface Asked {
  readonly redirectUri: string;
  /** base64url of the SHA-256 of the verifier; null: the app sent none. */
  readonly challenge: string | null;
}

const CODE_MS = 10 * 60_000;

const refused = (number: number, why: string): EntraError =>
  new EntraError(400, 'invalid_grant', number, why);

/** Authorisation codes of what people agreed to, with PKCE. */
export const createCodes = <Agreed extends { readonly tenantId: string }>(now: () => number) => {
  const codes = new Map<string, { agreed: Agreed; asked: Asked; expiresAt: number; used: boolean }>();
  return {
    issue: (agreed: Agreed, asked: Asked): string => {
      const code = `0.AXoA${randomBytes(60).toString('base64url')}`;
      codes.set(code, { agreed, asked, expiresAt: now() + CODE_MS, used: false });
      return code;
    },
    /** What a code stands for, once. `tenantId`: whose endpoint it came to; null: that of all. Throws EntraError. */
    redeem: (tenantId: string | null, form: Readonly<Record<string, string | undefined>>): Agreed => {
      const code = codes.get(form.code ?? '');
      if (!code) throw refused(70000, "The provided value for the 'code' parameter is not valid.");
      if (code.used) throw refused(54005, 'OAuth2 Authorization code was already redeemed, please retry.');
      if (code.expiresAt <= now()) throw refused(70008, 'The provided authorization code has expired.');
      if (tenantId !== null && tenantId !== code.agreed.tenantId)
        throw refused(
          700005,
          'Provided Authorization Code is intended to use against other tenant, thus rejected.',
        );
      if (code.asked.redirectUri !== form.redirect_uri)
        throw refused(500112, 'The reply address does not match the one the code was requested with.');
      if (!answersChallenge(code.asked.challenge, form.code_verifier))
        throw refused(
          501481,
          'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
        );
      code.used = true;
      return code.agreed;
    },
  };
};
