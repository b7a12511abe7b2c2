import { decodeProtectedHeader } from 'jose';
import type { Claims } from './identify.ts';

interface PublishedKeys {
  readonly keys: readonly { readonly kid?: string; readonly issuer?: unknown }[];
}

/**
 * Whether the key that signed an ID token is one for tokens of its issuer. Entra publishes keys of several clouds and
 * of personal accounts in one document and says beside each whose tokens it signs, with `{tenantid}` for any tenant's:
 * a key that is not for the issuer proves nothing. Source: Microsoft identity platform, "Access tokens", validate the
 * signing key issuer.
 */
export const isSignedForIssuer = (
  idToken: string,
  { keys }: PublishedKeys,
  { iss, tid }: Claims,
): boolean => {
  const { kid } = decodeProtectedHeader(idToken);
  return keys
    .filter((key) => kid === undefined || key.kid === kid)
    .every(({ issuer }) => issuer === undefined || iss === String(issuer).replace('{tenantid}', String(tid)));
};
