import { createApi } from '../api.ts';
import { agree, FORM, type Granted, REDIRECT, type TokenReply, tokensOf, type VendorApp } from './granted.ts';

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
  const { code } = await agree(app, 'HubSpot', { scope: SCOPES.join(' ') });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: REDIRECT,
    code,
  });
  const token = await createApi(app.apiUrl).post<
    TokenReply & {
      hub_id: number;
      scopes: string[];
    }
  >('/oauth/2026-03/token', form.toString(), FORM);
  return {
    externalId: String(token.hub_id),
    name: 'HubSpot',
    scopes: token.scopes,
    tokens: tokensOf(token),
    settings: { url: app.pageUrl },
  };
};
