import type { LeaveWay } from '../../assignments/leave-ports.ts';
import { takeBack } from '../call/take-back.ts';
import { VENDOR } from './client.ts';
import { PATHS } from './facts.ts';
import type { PipedriveApp } from './oauth.ts';

/** Pipedrive: with its refresh token the app is uninstalled for the user who installed it. `app` null: none is set up here. */
export const createPipedriveLeave = (app: PipedriveApp | null): LeaveWay => ({
  vendor: 'pipedrive',
  revoke:
    app &&
    (async (_connection, { refreshToken }) => {
      if (refreshToken === null) return 'by_hand';
      const { addresses, clientId, clientSecret } = app;
      const status = await takeBack(VENDOR, {
        method: 'POST',
        url: `${addresses.oauth}${PATHS.revoke}`,
        form: { token: refreshToken, token_type_hint: 'refresh_token' },
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        },
      });
      return status < 300 ? 'done' : 'by_hand';
    }),
  byHand: {
    push: 'In Pipedrive, open Company settings, Tools and apps, Webhooks, and delete those named Fairlead.',
    permission:
      'In Pipedrive, open Company settings, Tools and apps, Marketplace apps, and uninstall Fairlead.',
  },
});
