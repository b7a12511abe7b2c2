import { z } from 'zod';
import type { InstallAnswers, InstallWay } from '../../assignments/install-ports.ts';
import {
  addressWith,
  askWho,
  installRefused,
  redeemCode,
  redeemed,
  scopesOf,
  tokensOf,
} from '../call/redeem.ts';
import { VENDOR } from './client.ts';
import { API_VERSION } from './facts.ts';
import type { SalesforceApp } from './oauth.ts';
import { INSTALL_SCOPES } from './scopes.ts';

const answer = redeemed.extend({ instance_url: z.url(), id: z.url() });
const organization = z.object({ records: z.array(z.object({ Id: z.string(), Name: z.string() })).min(1) });

/**
 * Salesforce: the web server flow with PKCE. Orgs whose users sign in at their own domain, and sandboxes, name that
 * domain. `id` ends in the ids of the org and of the user who agreed.
 */
export const createSalesforceInstall = ({ addresses, clientId, clientSecret }: SalesforceApp): InstallWay => {
  const loginOf = ({ loginUrl }: InstallAnswers): string =>
    addresses.login({ settings: loginUrl ? { loginUrl } : {} });
  return {
    vendor: 'salesforce',
    name: VENDOR,
    asks: [
      {
        name: 'loginUrl',
        label: 'My Domain address, if people sign in there',
        example: 'https://example.my.salesforce.com',
        required: false,
      },
    ],
    begin: async (answers) => {
      loginOf(answers);
      return answers;
    },
    authorizeUrl: ({ state, redirectUri, challenge, answers }) =>
      addressWith(`${loginOf(answers)}/services/oauth2/authorize`, {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: INSTALL_SCOPES.join(' '),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state,
      }),
    redeem: async ({ code, redirectUri, verifier, answers }) => {
      const given = await redeemCode(
        VENDOR,
        {
          url: `${loginOf(answers)}/services/oauth2/token`,
          form: {
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uri: redirectUri,
            code,
            ...(verifier !== null && { code_verifier: verifier }),
          },
        },
        answer,
      );
      const orgId = new URL(given.id).pathname.split('/').at(-2);
      if (orgId === undefined || !/^00D\w{12}(\w{3})?$/.test(orgId))
        throw installRefused(VENDOR, 'it did not say which org this is.');
      const instanceUrl = addresses.instance({ settings: { instanceUrl: given.instance_url } });
      const query = new URLSearchParams({ q: 'SELECT Id, Name FROM Organization LIMIT 1' });
      const { records } = await askWho(
        VENDOR,
        `${instanceUrl}/services/data/v${API_VERSION}/query?${query}`,
        `Bearer ${given.access_token}`,
        organization,
      );
      return {
        externalId: records[0]?.Id ?? orgId,
        name: records[0]?.Name ?? orgId,
        scopes: scopesOf(given.scope),
        tokens: tokensOf(given),
        settings: { instanceUrl, ...(answers.loginUrl && { loginUrl: answers.loginUrl }) },
      };
    },
  };
};
