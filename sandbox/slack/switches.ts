import type { Fault } from '../faults.ts';
import { failure, newSigningKey, type Switches, unavailable } from '../switches.ts';
import type { SlackFault, SlackFaults } from './faults.ts';
import { revokeAll } from './methods/access.ts';
import type { Call } from './methods/method.ts';
import type { SlackStats } from './stats.ts';

interface SwitchesParts extends Pick<Call, 'store' | 'sendEvent'> {
  readonly faults: SlackFaults;
  readonly stats: SlackStats;
  readonly rotateKey: () => void;
}

const RETRY_SECONDS = 30;

/** What a kind of the switches page is in Slack's own terms. */
const shapeOf = ({ kind, ms }: Fault<string>): SlackFault => {
  switch (kind) {
    case 'ratelimited':
      return { rateLimited: RETRY_SECONDS };
    case '503':
      return { status: 503 };
    case 'slow':
      return { delayMs: ms ?? 0 };
    case 'reset':
      return { lostReply: true };
    case 'truncated':
      return { halfReply: true };
    default:
      return { error: kind };
  }
};

/** The page's fault that became this one; null: a test or a person with curl set it. */
const faultOf = ({ kind, times, delayMs }: SlackFault): Fault<string> | null =>
  kind === undefined
    ? null
    : {
        kind,
        ...(times !== undefined && Number.isFinite(times) && { times }),
        ...(delayMs !== undefined && { ms: delayMs }),
      };

const asFaults = (faults: SlackFaults): Switches['faults'] => ({
  add: (fault) =>
    faults.add({ ...shapeOf(fault), kind: fault.kind, times: fault.times ?? Number.POSITIVE_INFINITY }),
  remove: (which) =>
    faults.remove((one) => {
      const fault = faultOf(one);
      return fault !== null && which(fault);
    }),
  list: () =>
    faults.list().flatMap(({ fault: one, struck }) => {
      const fault = faultOf(one);
      return fault === null ? [] : [{ fault, struck }];
    }),
});

/** What a person can switch at the Slack stand-in. */
export const slackSwitches = ({ store, sendEvent, faults, stats, rotateKey }: SwitchesParts): Switches => ({
  faultKinds: [
    failure(
      'ratelimited',
      '429 Rate limited',
      `Too many calls of a method; Retry-After says ${RETRY_SECONDS} seconds.`,
    ),
    unavailable('Slack'),
    failure('internal_error', 'Internal error', 'An error of Slack’s own, with the status 200.'),
    failure('account_inactive', 'Account inactive', 'The token is refused, although nobody removed the app.'),
    failure(
      'channel_not_found',
      'Channel not found',
      'The channel is archived, or the app is no longer in it.',
    ),
  ],
  faults: asFaults(faults),
  pushes: null,
  toggles: [],
  oneTimes: [
    {
      name: 'revoke',
      label: 'Remove the app',
      hint: 'Its tokens stop working, until somebody connects again.',
      run: () => revokeAll({ store, sendEvent }),
    },
    newSigningKey('Slack', rotateKey),
  ],
  counters: () => {
    const { calls, byStatus, refused } = stats.view();
    return [
      ['Calls', calls],
      ['Refused by limits', byStatus['429'] ?? 0],
      ['Answered with an error', refused],
      ['Messages in the workspace', store.state.messages.length],
    ];
  },
  resetCounters: stats.reset,
});
