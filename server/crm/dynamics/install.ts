import { z } from 'zod';
import type { InstallAnswers, InstallWay } from '../../assignments/install-ports.ts';
import { TOKEN_TIMEOUT_MS } from '../call/ask-token.ts';
import {
  addressWith,
  askWho,
  installRefused,
  redeemCode,
  redeemed,
  scopesOf,
  tokensOf,
} from '../call/redeem.ts';
import { within } from '../failures.ts';
import { VENDOR } from './client.ts';
import { API_PATH } from './facts.ts';
import type { DynamicsApp } from './oauth.ts';

const whoAmI = z.object({ OrganizationId: z.string().min(1) });

/** @unverified TENANT In the challenge of a call without a token: the Entra tenant the environment belongs to. */
const TENANT = /authorization_uri=https:\/\/[^/\s]+\/([0-9a-f-]{36})\//i;

/**
 * Dynamics 365: permission is given for one environment, so its address is asked first; the environment itself says
 * which Entra tenant it belongs to. The connection acts as the person who agreed (`flow: delegated`).
 */
export const createDynamicsInstall = ({ addresses, clientId, clientSecret }: DynamicsApp): InstallWay => {
  const environmentOf = ({ url }: InstallAnswers): string => addresses.environment({ settings: { url } });
  const endpointOf = (answers: InstallAnswers): string =>
    addresses.login({ settings: { tenantId: answers.tenantId } });
  const scopeOf = (answers: InstallAnswers): string =>
    `${environmentOf(answers)}/user_impersonation offline_access`;
  return {
    vendor: 'dynamics',
    name: VENDOR,
    asks: [
      {
        name: 'url',
        label: 'The environment’s address',
        example: 'https://contoso.crm4.dynamics.com',
        required: true,
      },
    ],
    begin: async (answers) => {
      const url = environmentOf(answers);
      return { url, tenantId: await tenantOf(url) };
    },
    authorizeUrl: ({ state, redirectUri, challenge, answers }) =>
      addressWith(endpointOf(answers).replace(/\/token$/, '/authorize'), {
        response_type: 'code',
        response_mode: 'query',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopeOf(answers),
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state,
      }),
    redeem: async ({ code, redirectUri, verifier, answers }) => {
      const given = await redeemCode(
        VENDOR,
        {
          url: endpointOf(answers),
          form: {
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uri: redirectUri,
            scope: scopeOf(answers),
            code,
            ...(verifier !== null && { code_verifier: verifier }),
          },
        },
        redeemed,
      );
      const url = environmentOf(answers);
      const who = await askWho(VENDOR, `${url}${API_PATH}/WhoAmI`, `Bearer ${given.access_token}`, whoAmI);
      return {
        externalId: who.OrganizationId,
        name: new URL(url).hostname.split('.')[0] ?? url,
        scopes: scopesOf(given.scope),
        tokens: tokensOf(given),
        settings: { url, tenantId: answers.tenantId, flow: 'delegated' },
      };
    },
  };
};

const tenantOf = async (url: string): Promise<string> => {
  const asking = fetch(`${url}${API_PATH}/WhoAmI`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TOKEN_TIMEOUT_MS),
  });
  const { headers } = await within(VENDOR, TOKEN_TIMEOUT_MS, asking);
  const tenantId = TENANT.exec(headers.get('www-authenticate') ?? '')?.[1];
  if (tenantId !== undefined) return tenantId;
  throw installRefused(VENDOR, `${url} did not say which tenant it belongs to: check the address.`);
};
