import { randomBytes, randomUUID } from 'node:crypto';
import { OAuthError } from '../errors.ts';
import type { Grant } from './app.ts';

const expired = (): OAuthError => new OAuthError('invalid_grant', 'expired access/refresh token');

const newToken = (): string => `5Aep861${randomBytes(40).toString('base64url')}`;

/** What is kept of them between two starts. */
export interface SavedGrants {
  readonly grants: readonly (readonly [string, Grant])[];
  readonly tokens: readonly (readonly [string, string])[];
  readonly used: readonly (readonly [string, string])[];
}

/** Refresh tokens. All that came of one consent are one grant, and end together. */
export const createRefreshTokens = () => {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, string>();
  /** Rotated tokens: whoever shows one again shows that it was stolen, or not kept. */
  const used = new Map<string, string>();

  const end = (grantId: string): void => {
    grants.delete(grantId);
    for (const [token, id] of tokens) if (id === grantId) tokens.delete(token);
  };

  return {
    issue: (grant: Grant): string => {
      const [token, grantId] = [newToken(), randomUUID()];
      grants.set(grantId, grant);
      tokens.set(token, grantId);
      return token;
    },
    /** The grant of a token, and the token to show next time. Throws OAuthError invalid_grant. */
    use: (token: string, rotate: boolean): { readonly grant: Grant; readonly refreshToken: string } => {
      const grantId = tokens.get(token);
      const grant = grantId === undefined ? undefined : grants.get(grantId);
      if (grantId === undefined || !grant) {
        const reused = used.get(token);
        if (reused !== undefined) end(reused);
        throw expired();
      }
      if (!rotate) return { grant, refreshToken: token };
      tokens.delete(token);
      used.set(token, grantId);
      const next = newToken();
      tokens.set(next, grantId);
      return { grant, refreshToken: next };
    },
    has: (token: string): boolean => tokens.has(token),
    revoke: (token: string): boolean => {
      const grantId = tokens.get(token);
      if (grantId !== undefined) end(grantId);
      return grantId !== undefined;
    },
    endOrg: (orgId: string): void => {
      for (const [id, grant] of grants) if (grant.orgId === orgId) end(id);
    },
    dump: (): SavedGrants => ({ grants: [...grants], tokens: [...tokens], used: [...used] }),
    restore: (saved: SavedGrants): void => {
      for (const [id, grant] of saved.grants) grants.set(id, grant);
      for (const [token, id] of saved.tokens) tokens.set(token, id);
      for (const [token, id] of saved.used) used.set(token, id);
    },
  };
};
