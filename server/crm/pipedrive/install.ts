import { z } from 'zod';
import type { InstallWay } from '../../assignments/install-ports.ts';
import { addressWith, askWho, redeemCode, redeemed, scopesOf, tokensOf } from '../call/redeem.ts';
import { VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import type { PipedriveApp } from './oauth.ts';

const answer = redeemed.extend({ api_domain: z.string() });
const me = z.object({
  data: z.object({
    id: z.union([z.int(), z.string()]).transform(String),
    company_id: z.union([z.int(), z.string()]).transform(String),
    company_name: z.string().nullish(),
  }),
});

/** Pipedrive: its scopes are the app's own. An installation is one user's; the connection is their company's. */
export const createPipedriveInstall = ({ addresses, clientId, clientSecret }: PipedriveApp): InstallWay => ({
  vendor: 'pipedrive',
  name: VENDOR,
  asks: [],
  begin: async (answers) => answers,
  authorizeUrl: ({ state, redirectUri }) =>
    addressWith(`${addresses.oauth}${PATHS.authorize}`, {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state,
    }),
  redeem: async ({ code, redirectUri }) => {
    const given = await redeemCode(
      VENDOR,
      {
        url: `${addresses.oauth}${PATHS.token}`,
        form: { redirect_uri: redirectUri, code },
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        },
      },
      answer,
    );
    const apiDomain = addresses.api({ settings: { apiDomain: given.api_domain } });
    const { data } = await askWho(VENDOR, `${apiDomain}${PATHS.me}`, `Bearer ${given.access_token}`, me);
    return {
      externalId: data.company_id,
      name: data.company_name || `Pipedrive ${data.company_id}`,
      scopes: scopesOf(given.scope),
      tokens: tokensOf(given),
      settings: { apiDomain, userId: data.id },
    };
  },
});
