import { z } from 'zod';
import type { SignInWay } from '../../assignments/sign-in-ports.ts';
import { AppError } from '../../base/app-error.ts';
import { askToken } from '../call/ask-token.ts';
import { VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import { authorizeUrl } from './install.ts';
import type { HubspotApp } from './oauth.ts';

const granted = z.object({ access_token: z.string().min(1) });

const whose = z.object({
  active: z.literal(true),
  client_id: z.string(),
  hub_id: z.int().positive(),
  user_id: z.int().positive(),
  user: z.string().min(1),
});

const refused = (why: string, cause?: unknown): AppError =>
  new AppError('sign_in_refused', `${VENDOR} did not sign you in: ${why} Begin again.`, {
    status: 409,
    cause,
  });

/**
 * HubSpot speaks no OpenID Connect: a person agrees as for an install, the token says who they are, and is thrown away.
 * It does not say that the e-mail address was verified, so people come in by the account alone.
 */
export const createHubspotSignIn = (app: HubspotApp & { readonly appUrl: string }): SignInWay => {
  const secrets = { client_id: app.clientId, client_secret: app.clientSecret };
  const apiUrl = app.apiUrl.replace(/\/+$/, '');
  return {
    id: 'hubspot',
    name: VENDOR,
    authorizeUrl: async (asked) => authorizeUrl(app, asked),
    identify: async ({ query, redirectUri }) => {
      if (query.error !== undefined || !query.code)
        throw new AppError('sign_in_declined', `Nobody was signed in: it was declined at ${VENDOR}.`, {
          status: 409,
        });
      const { body } = await askToken(VENDOR, `${apiUrl}${PATHS.token}`, {
        ...secrets,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
        code: query.code,
      });
      const given = granted.safeParse(body);
      if (!given.success) throw refused('its code was not accepted.', given.error);
      const told = await askToken(VENDOR, `${apiUrl}${PATHS.introspect}`, {
        ...secrets,
        token_type_hint: 'access_token',
        token: given.data.access_token,
      });
      const said = whose.safeParse(told.body);
      if (!said.success || said.data.client_id !== app.clientId)
        throw refused('it did not say who this is.', said.error);
      const { hub_id: portal, user_id: user, user: email } = said.data;
      return {
        provider: 'hubspot',
        issuer: apiUrl,
        subject: `${portal}/${user}`,
        name: email,
        email: email.toLowerCase(),
        emailVerified: false,
        provenAt: null,
        account: { vendor: 'hubspot', by: 'externalId', value: String(portal) },
      };
    },
  };
};
