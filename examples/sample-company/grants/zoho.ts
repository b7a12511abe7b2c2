import { createApi } from '../api.ts';
import { agree, FORM, type Granted, REDIRECT, type TokenReply, tokensOf, type VendorApp } from './granted.ts';

const SCOPES = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.settings.fields.READ',
  'ZohoCRM.settings.modules.READ',
  'ZohoCRM.settings.business_hours.READ',
  'ZohoCRM.settings.users_unavailability.READ',
  'ZohoCRM.coql.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.mass_convert.leads.CREATE',
  'ZohoCRM.mass_convert.leads.READ',
];

/** Agrees on Zoho's consent page as an administrator would; `apiUrl` is the accounts server the app begins at. */
export const grantZoho = async (app: VendorApp): Promise<Granted> => {
  const callback = await agree(app, 'Zoho CRM', {
    response_type: 'code',
    scope: SCOPES.join(','),
    access_type: 'offline',
    prompt: 'consent',
  });
  const accountsServer = callback.query.get('accounts-server') ?? app.apiUrl;
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code: callback.code,
  });
  // Refusals come with the status 200.
  const token = await createApi(accountsServer).post<
    TokenReply & {
      error?: string;
      api_domain: string;
    }
  >('/oauth/v2/token', form.toString(), FORM);
  if (token.error) throw new Error(`Zoho CRM did not grant the installation: ${token.error}`);
  return {
    externalId: await orgNumber(token.api_domain, token.access_token),
    name: 'Zoho CRM',
    scopes: SCOPES,
    tokens: tokensOf(token),
    settings: { url: app.pageUrl, accountsServer, apiDomain: token.api_domain },
  };
};

/** Which org it is: its zgid. */
const orgNumber = async (apiDomain: string, accessToken: string): Promise<string> => {
  const authorization = `Zoho-oauthtoken ${accessToken}`;
  const { org } = await createApi(apiDomain, authorization).get<{ org: readonly { zgid: string }[] }>(
    '/crm/v8/org',
  );
  return String(org[0]?.zgid);
};
