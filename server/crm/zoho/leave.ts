import type { LeaveWay } from '../../assignments/leave-ports.ts';
import { addressWith } from '../call/redeem.ts';
import { takeBack } from '../call/take-back.ts';
import type { Addresses } from './addresses.ts';
import { REVOKE_PATH } from './facts.ts';
import { VENDOR } from './failures.ts';

/** Zoho: the refresh token is revoked, at the accounts server of the org's data centre. */
export const createZohoLeave = (addresses: Addresses): LeaveWay => ({
  vendor: 'zoho',
  revoke: async (connection, { refreshToken }) => {
    if (refreshToken === null) return 'by_hand';
    // A token it does not know is refused with the status 200: it was revoked before.
    const base = `${addresses.accounts(connection)}${REVOKE_PATH}`;
    await takeBack(VENDOR, { method: 'POST', url: addressWith(base, { token: refreshToken }) });
    return 'done';
  },
  byHand: {
    push: 'The notification channel ends by itself within a week.',
    permission:
      'In Zoho Accounts, open Settings, Connected apps, and remove Fairlead, as whoever connected the org.',
  },
});
