import { createApi } from '../api.ts';
import { agree, FORM, type Granted, REDIRECT, type TokenReply, tokensOf, type VendorApp } from './granted.ts';

/** Installs the app in the Pipedrive company as an admin would, and learns which company and whose it is. */
export const grantPipedrive = async (app: VendorApp): Promise<Granted> => {
  const { code } = await agree(app, 'Pipedrive', {});
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT,
    code,
  });
  const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
  const token = await createApi(app.apiUrl, `Basic ${basic}`).post<
    TokenReply & {
      scope: string;
      api_domain: string;
    }
  >('/oauth/token', form.toString(), FORM);
  const company = createApi(token.api_domain, `Bearer ${token.access_token}`);
  const { data: me } = await company.get<{ data: { id: number; company_id: number } }>('/v1/users/me');
  return {
    externalId: String(me.company_id),
    name: 'Pipedrive',
    scopes: token.scope.split(','),
    tokens: tokensOf(token),
    settings: { url: app.pageUrl, apiDomain: token.api_domain, userId: me.id },
  };
};
