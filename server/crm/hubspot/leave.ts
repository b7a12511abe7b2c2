import type { LeaveWay } from '../../assignments/leave-ports.ts';
import { type TakeBack, takeBack } from '../call/take-back.ts';
import { VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import type { HubspotApp } from './oauth.ts';

/**
 * HubSpot: the app is uninstalled, which its listing asks for and of which HubSpot tells the account's administrators,
 * and the refresh token is revoked. `app` null: none is set up here.
 */
export const createHubspotLeave = (app: HubspotApp | null): LeaveWay => ({
  vendor: 'hubspot',
  revoke:
    app &&
    (async (_connection, { refreshToken, accessToken }) => {
      const base = app.apiUrl.replace(/\/+$/, '');
      // Refused: it was removed there meanwhile, or the token is of another app.
      const uninstalled = await takeBack(VENDOR, {
        method: 'DELETE',
        url: `${base}${PATHS.uninstall}`,
        headers: { authorization: `Bearer ${await accessToken()}` },
      });
      if (refreshToken !== null) await takeBack(VENDOR, revocation(app, base, refreshToken));
      return uninstalled < 300 || uninstalled === 401 ? 'done' : 'by_hand';
    }),
  byHand: {
    push: 'HubSpot stops pushing once the app is removed.',
    permission: 'In HubSpot, open Settings, Integrations, Connected apps, and uninstall Fairlead.',
  },
});

const revocation = ({ clientId, clientSecret }: HubspotApp, base: string, token: string): TakeBack => ({
  method: 'POST',
  url: `${base}${PATHS.revoke}`,
  form: { client_id: clientId, client_secret: clientSecret, token_type_hint: 'refresh_token', token },
});
