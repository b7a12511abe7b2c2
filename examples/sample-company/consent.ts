import { createApi } from './api.ts';

const FORM = 'application/x-www-form-urlencoded';

/** The app's credentials at a vendor, and where the vendor listens. */
export interface VendorApp {
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people open it. */
  readonly pageUrl: string;
}

/** What an installing admin granted. */
export interface Granted {
  readonly externalId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly tokens: {
    readonly accessToken?: string;
    readonly refreshToken?: string;
    readonly expiresIn?: number;
  };
  /** What Fairlead must know of the account besides. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Nothing listens there: the code is read from the redirect. */
const REDIRECT = 'http://localhost/installed';

const codeFrom = (reply: Response, vendor: string): string => {
  const location = reply.headers.get('location');
  const code = location && new URL(location).searchParams.get('code');
  if (!code)
    throw new Error(`${vendor} did not grant the installation: it answered ${reply.status} without a code`);
  return code;
};

/** Agrees on HubSpot's consent page as an admin would and exchanges the code. */
export const grantHubSpot = async (app: VendorApp, scopes: readonly string[]): Promise<Granted> => {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: REDIRECT,
    scope: scopes.join(' '),
    state: 'sample',
    approve: '1',
  });
  const consent = await fetch(`${app.authorizeUrl}?${query}`, { redirect: 'manual' });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code: codeFrom(consent, 'HubSpot'),
  });
  const token = await createApi(app.apiUrl).post<{
    access_token: string;
    refresh_token: string;
    expires_in: number;
    hub_id: number;
    scopes: string[];
  }>('/oauth/2026-03/token', form.toString(), FORM);
  return {
    externalId: String(token.hub_id),
    name: 'HubSpot',
    scopes: token.scopes,
    tokens: {
      accessToken: token.access_token,
      refreshToken: token.refresh_token,
      expiresIn: token.expires_in,
    },
    settings: { url: app.pageUrl },
  };
};

/** Allows the app in Slack and exchanges the code for a bot token. */
export const grantSlack = async (app: VendorApp, scopes: readonly string[]): Promise<Granted> => {
  const wanted = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: REDIRECT,
    scope: scopes.join(','),
    state: 'sample',
  });
  const consent = await fetch(app.authorizeUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': FORM },
    body: wanted.toString(),
  });
  const form = new URLSearchParams({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code: codeFrom(consent, 'Slack'),
  });
  const token = await createApi(app.apiUrl).post<{
    ok: boolean;
    error?: string;
    access_token: string;
    scope: string;
    team: { id: string; name: string };
  }>('/oauth.v2.access', form.toString(), FORM);
  if (!token.ok) throw new Error(`Slack did not grant the installation: ${token.error}`);
  return {
    externalId: token.team.id,
    name: 'Slack',
    scopes: token.scope.split(','),
    tokens: { accessToken: token.access_token },
    settings: { url: app.pageUrl },
  };
};

/** An org and the app that an admin lets run in it as its integration user. */
export interface SalesforceApp {
  /** The org's My Domain. */
  readonly instanceUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people open it. */
  readonly pageUrl: string;
}

/**
 * Salesforce's client credentials flow: the org's admin has allowed it, so nobody is asked, and Fairlead signs in by
 * itself later. Called here once, to learn which org it is.
 */
export const grantSalesforce = async (app: SalesforceApp): Promise<Granted> => {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: app.clientId,
    client_secret: app.clientSecret,
  });
  const token = await createApi(app.instanceUrl).post<{ id: string; scope: string }>(
    '/services/oauth2/token',
    form.toString(),
    FORM,
  );
  const orgId = new URL(token.id).pathname.split('/').at(-2) ?? '';
  return {
    externalId: orgId,
    name: 'Salesforce',
    scopes: token.scope.split(' '),
    tokens: {},
    settings: {
      url: app.pageUrl,
      instanceUrl: app.instanceUrl,
      loginUrl: app.instanceUrl,
      flow: 'client_credentials',
    },
  };
};
