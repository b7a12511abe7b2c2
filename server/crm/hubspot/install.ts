import { z } from 'zod';
import type { InstallWay } from '../../assignments/install-ports.ts';
import { addressWith, redeemCode, redeemed, tokensOf } from '../call/redeem.ts';
import { VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import type { HubspotApp } from './oauth.ts';
import { SCOPES } from './scopes.ts';

const answer = redeemed.extend({
  hub_id: z.int().positive(),
  scopes: z.array(z.string()).default([]),
});

/** Where people agree to what an install asks for. `appUrl`: where they sign in. */
export const authorizeUrl = (
  { appUrl, clientId }: { readonly appUrl: string; readonly clientId: string },
  { state, redirectUri }: { readonly state: string; readonly redirectUri: string },
): string =>
  addressWith(`${appUrl.replace(/\/+$/, '')}/oauth/authorize`, {
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPES.required.join(' '),
    optional_scope: SCOPES.optional.join(' '),
    state,
  });

/** HubSpot: the token's answer itself names the account. `appUrl`: where people sign in. */
export const createHubspotInstall = (app: HubspotApp & { readonly appUrl: string }): InstallWay => ({
  vendor: 'hubspot',
  name: VENDOR,
  asks: [],
  begin: async (answers) => answers,
  authorizeUrl: (asked) => authorizeUrl(app, asked),
  redeem: async ({ code, redirectUri }) => {
    const given = await redeemCode(
      VENDOR,
      {
        url: `${app.apiUrl.replace(/\/+$/, '')}${PATHS.token}`,
        form: {
          client_id: app.clientId,
          client_secret: app.clientSecret,
          redirect_uri: redirectUri,
          code,
        },
      },
      answer,
    );
    return {
      externalId: String(given.hub_id),
      name: `HubSpot ${given.hub_id}`,
      scopes: given.scopes,
      tokens: tokensOf(given),
      settings: {},
    };
  },
});
