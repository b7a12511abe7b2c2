import { randomBytes } from 'node:crypto';

/** What a person consented to. */
export interface Grant {
  readonly dc: string;
  readonly orgId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** Beyond this many of one user the oldest dies silently. Source: the accounts server's documentation. */
const MOST_PER_USER = 20;

interface Issued extends Grant {
  /** When access tokens were made of it: the limit counts them. */
  readonly minted: number[];
}

export type SavedGrants = readonly (readonly [string, Grant])[];

/** Refresh tokens, in the order they were issued. They do not expire by themselves. */
export const createRefreshTokens = () => {
  const tokens = new Map<string, Issued>();
  const ofUser = (userId: string): readonly string[] =>
    [...tokens].filter(([, grant]) => grant.userId === userId).map(([token]) => token);
  return {
    issue: (grant: Grant): string => {
      const token = `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
      tokens.set(token, { ...grant, minted: [] });
      const all = ofUser(grant.userId);
      for (const old of all.slice(0, Math.max(0, all.length - MOST_PER_USER))) tokens.delete(old);
      return token;
    },
    find: (token: string): Issued | undefined => tokens.get(token),
    revoke: (token: string): boolean => tokens.delete(token),
    revokeOrg: (orgId: string): void => {
      for (const [token, grant] of tokens) if (grant.orgId === orgId) tokens.delete(token);
    },
    dump: (): SavedGrants =>
      [...tokens].map(([token, { dc, orgId, userId, scopes }]) => [token, { dc, orgId, userId, scopes }]),
    restore: (saved: SavedGrants): void => {
      for (const [token, grant] of saved) tokens.set(token, { ...grant, minted: [] });
    },
  };
};
