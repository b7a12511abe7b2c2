import { failure, type Switches } from '../switches.ts';
import type { HubSpotSandbox } from './create-hubspot.ts';
import type { LimitSettings } from './rate-limits.ts';

/** What other apps of a busy account leave of the limit. */
const LITTLE = { perTenSeconds: 10, searchPerSecond: 1 };
const SEARCH_LAG_MS = 120_000;

/** What a person can switch at the HubSpot stand-in. `usual`: its limits while no other app is busy. */
export const hubspotSwitches = (hubspot: HubSpotSandbox, usual: LimitSettings): Switches => {
  let busy = false;
  let late = false;
  return {
    faultKinds: [
      failure('429', '429 Too many requests', 'The ten-second limit of the app is used up.'),
      failure('5xx', '503 Unavailable', 'HubSpot is down for the moment.', { status: 503 }),
      failure('423', '423 Locked', 'The record is locked; wait at least two seconds.'),
      failure(
        '477',
        '477 Moving house',
        'The account moves to another data centre; Retry-After says for how long.',
      ),
    ],
    faults: hubspot.faults,
    pushes: hubspot.webhooks.switches,
    toggles: [
      {
        name: 'busy',
        label: 'Other apps use the limit too',
        hint: '10 requests in ten seconds and 1 search a second are left.',
        on: () => busy,
        set: (on) => {
          busy = on;
          hubspot.limits.set(on ? LITTLE : usual);
        },
      },
      {
        name: 'late-search',
        label: 'Search lags behind',
        hint: 'The index knows what was written two minutes ago.',
        on: () => late,
        set: (on) => {
          late = on;
          hubspot.setSearchLag(on ? SEARCH_LAG_MS : 0);
        },
      },
    ],
    oneTimes: [
      {
        name: 'expire',
        label: 'Let the access tokens expire',
        hint: 'The next call is answered with 401; refreshing helps.',
        run: () => hubspot.tokens.expireAll(),
      },
      {
        name: 'revoke',
        label: 'Uninstall the app',
        hint: 'Access and refresh tokens stop working, until somebody connects again.',
        run: () => hubspot.tokens.uninstall(hubspot.portal().id),
      },
    ],
    counters: () => {
      const { requests, rateLimited, batchInputs, byStatus } = hubspot.stats();
      const failed = Object.entries(byStatus).filter(([status]) => Number(status) >= 500);
      return [
        ['Calls', requests],
        ['Refused by limits', rateLimited],
        ['Failed with 5xx', failed.reduce((sum, [, count]) => sum + count, 0)],
        ['Records in batches', batchInputs],
      ];
    },
    resetCounters: hubspot.resetStats,
  };
};
