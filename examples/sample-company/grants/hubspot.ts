import { createApi } from '../api.ts';
import { callbackOf, FORM, type Granted, REDIRECT, type VendorApp } from './granted.ts';

const SCOPES = [
  'oauth',
  'automation',
  'crm.objects.owners.read',
  'crm.objects.users.read',
  ...['contacts', 'companies', 'deals', 'leads'].flatMap((type) => [
    `crm.objects.${type}.read`,
    `crm.objects.${type}.write`,
  ]),
  ...['contacts', 'companies', 'deals'].map((type) => `crm.schemas.${type}.write`),
];

/** Agrees on HubSpot's consent page as an admin would and exchanges the code. */
export const grantHubSpot = async (app: VendorApp): Promise<Granted> => {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: REDIRECT,
    scope: SCOPES.join(' '),
    state: 'sample',
    approve: '1',
  });
  const consent = await fetch(`${app.authorizeUrl}?${query}`, { redirect: 'manual' });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code: callbackOf(consent, 'HubSpot').code,
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
