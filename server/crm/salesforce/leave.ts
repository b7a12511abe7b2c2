import type { LeaveWay } from '../../assignments/leave-ports.ts';
import { takeBack } from '../call/take-back.ts';
import type { Addresses } from './addresses.ts';
import { VENDOR } from './client.ts';
import { REVOKE_PATH } from './facts.ts';

/**
 * Salesforce: the refresh token is revoked, and with it every session it brought. An org that is signed in to by client
 * credentials gave none: there the app itself is to be blocked.
 */
export const createSalesforceLeave = (addresses: Addresses): LeaveWay => ({
  vendor: 'salesforce',
  revoke: async (connection, { refreshToken }) => {
    if (refreshToken === null) return 'by_hand';
    // 400: it knows the token no more, so that it was revoked before.
    const url = `${addresses.login(connection)}${REVOKE_PATH}`;
    await takeBack(VENDOR, { method: 'POST', url, form: { token: refreshToken } });
    return 'done';
  },
  byHand: {
    push: 'Nothing is registered in Salesforce.',
    permission:
      'In Salesforce, open Setup, Connected Apps OAuth Usage, and block Fairlead; then uninstall its package.',
  },
});
