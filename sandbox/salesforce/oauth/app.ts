import type { ReturnAddresses } from '../../open-id/return-addresses.ts';

/** The external client app, one for all customers. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its callback URLs. */
  readonly mayReturnTo: ReturnAddresses;
}

/** How the app is set up. */
export interface OAuthSettings {
  /** Every refresh gives a new refresh token; using an old one again ends the grant. */
  readonly refreshTokenRotation: boolean;
  readonly pkceRequired: boolean;
  /** A session ends this long after its last use. Milliseconds. */
  readonly sessionMs: number;
  /** Since September 2025 people cannot approve an app whose package is not installed in their org. */
  readonly blockUninstalled: boolean;
}

export const OAUTH_DEFAULTS: OAuthSettings = {
  refreshTokenRotation: false,
  pkceRequired: true,
  sessionMs: 2 * 60 * 60_000,
  blockUninstalled: false,
};

/** An app's permission in one org, on behalf of one user. */
export interface Grant {
  readonly orgId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** What an app calls the API with. `refreshToken` is null for client credentials and without that scope. */
export interface Session extends Grant {
  readonly token: string;
  readonly refreshToken: string | null;
  expiresAt: number;
}

/** What the app may ask for. */
export const ALL_SCOPES: readonly string[] = [
  'api',
  'refresh_token',
  'offline_access',
  'id',
  'openid',
  'profile',
  'email',
  'web',
  'full',
];

/** What it asks for when it asks for nothing in particular, and what installs without the consent page get. */
export const USUAL_SCOPES: readonly string[] = ['api', 'refresh_token', 'id'];
