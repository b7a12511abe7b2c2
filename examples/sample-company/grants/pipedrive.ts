import { createApi } from '../api.ts';
import { callbackOf, FORM, type Granted, REDIRECT, type VendorApp } from './granted.ts';

/** Installs the app in the Pipedrive company as an admin would, and learns which company and whose it is. */
export const grantPipedrive = async (app: VendorApp): Promise<Granted> => {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: REDIRECT,
    state: 'sample',
    approve: '1',
  });
  const consent = await fetch(`${app.authorizeUrl}?${query}`, { redirect: 'manual' });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT,
    code: callbackOf(consent, 'Pipedrive').code,
  });
  const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
  const token = await createApi(app.apiUrl, `Basic ${basic}`).post<{
    access_token: string;
    refresh_token: string;
    expires_in: number;
    scope: string;
    api_domain: string;
  }>('/oauth/token', form.toString(), FORM);
  const company = createApi(token.api_domain, `Bearer ${token.access_token}`);
  const { data: me } = await company.get<{ data: { id: number; company_id: number } }>('/v1/users/me');
  return {
    externalId: String(me.company_id),
    name: 'Pipedrive',
    scopes: token.scope.split(','),
    tokens: {
      accessToken: token.access_token,
      refreshToken: token.refresh_token,
      expiresIn: token.expires_in,
    },
    settings: { url: app.pageUrl, apiDomain: token.api_domain, userId: me.id },
  };
};
