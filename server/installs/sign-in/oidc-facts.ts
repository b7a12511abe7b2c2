import { z } from 'zod';

/**
 * What we hold true of how each provider speaks OpenID Connect, in one place so that a correction is one line. What
 * nobody has yet seen in a live account is marked `@unverified`; docs/verify-live.md says how to check each.
 */
const facts = z.strictObject({
  name: z.string().min(1),
  /** Below the address that the settings name. */
  path: z.string(),
  scopes: z.array(z.string()).min(1),
  /** Whether the code is bound to the browser by PKCE (S256) beside the nonce. */
  pkce: z.boolean(),
  /** Whether the e-mail address, where the ID token has none, is asked of the userinfo endpoint. */
  userinfo: z.boolean(),
});

export type OidcFacts = z.output<typeof facts>;
export type OidcProvider = 'slack' | 'salesforce' | 'microsoft' | 'oidc';

export const OIDC_FACTS: Readonly<Record<OidcProvider, OidcFacts>> = {
  slack: facts.parse({
    name: 'Slack',
    path: '',
    scopes: ['openid', 'profile', 'email'],
    // An app for which PKCE is switched on can never be a confidential client again.
    pkce: false,
    userinfo: true,
  }),
  /** @unverified SALESFORCE_OIDC The scopes, and that `sub` ends in the ids of org and user. */
  salesforce: facts.parse({
    name: 'Salesforce',
    path: '',
    scopes: ['openid', 'id', 'profile', 'email'],
    pkce: true,
    // The ID token says no more than who, unless the app's settings put more in.
    userinfo: true,
  }),
  microsoft: facts.parse({
    name: 'Microsoft',
    // Work and school accounts of any tenant: personal ones are in none that is connected.
    path: '/organizations/v2.0',
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    // It is Microsoft Graph's, at another host, and does not say whether the domain was looked at.
    userinfo: false,
  }),
  oidc: facts.parse({
    name: 'single sign-on',
    path: '',
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    userinfo: true,
  }),
};

/** Claims of Slack's own. */
export const SLACK_CLAIMS = { user: 'https://slack.com/user_id', team: 'https://slack.com/team_id' } as const;

/** The issuer of Entra's tokens, with the tenant in it; its documents name it so for every tenant at once. */
export const ENTRA_ORIGIN = 'https://login.microsoftonline.com';
