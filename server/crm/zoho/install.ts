import { z } from 'zod';
import type { InstallWay } from '../../assignments/install-ports.ts';
import { addressWith, askWho, redeemCode, redeemed, scopesOf, tokensOf } from '../call/redeem.ts';
import { AUTH_PATH, PATHS, TOKEN_PATH } from './facts.ts';
import { VENDOR } from './failures.ts';
import type { ZohoApp } from './oauth.ts';
import { INSTALL_SCOPES } from './scopes.ts';

const answer = redeemed.extend({ api_domain: z.string() });
const org = z.object({
  org: z.array(z.object({ id: z.string(), company_name: z.string().nullish() })).min(1),
});

/**
 * Zoho: asked at the common address, which hands the person on to their data centre. The callback names its accounts
 * server: it is checked to be one of Zoho's before the app's secret goes there.
 */
export const createZohoInstall = ({ addresses, clientId, clientSecret }: ZohoApp): InstallWay => ({
  vendor: 'zoho',
  name: VENDOR,
  asks: [],
  begin: async (answers) => answers,
  authorizeUrl: ({ state, redirectUri }) =>
    addressWith(`${addresses.accounts({ settings: {} })}${AUTH_PATH}`, {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: INSTALL_SCOPES.join(','),
      access_type: 'offline',
      prompt: 'consent',
      state,
    }),
  redeem: async ({ code, redirectUri, query }) => {
    const accountsServer = addresses.accounts({ settings: { accountsServer: query['accounts-server'] } });
    const given = await redeemCode(
      VENDOR,
      {
        url: `${accountsServer}${TOKEN_PATH}`,
        form: { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, code },
      },
      answer,
    );
    const settings = { accountsServer, apiDomain: given.api_domain };
    addresses.check({ settings });
    const who = await askWho(
      VENDOR,
      `${addresses.api({ settings })}${PATHS.org}`,
      `Zoho-oauthtoken ${given.access_token}`,
      org,
    );
    const account = who.org[0]!;
    return {
      externalId: account.id,
      name: account.company_name || `Zoho ${account.id}`,
      scopes: scopesOf(given.scope),
      tokens: tokensOf(given),
      settings,
    };
  },
});
