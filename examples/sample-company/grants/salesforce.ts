import { createApi } from '../api.ts';
import { FORM, type Granted } from './granted.ts';

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
