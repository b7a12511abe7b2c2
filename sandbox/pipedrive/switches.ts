import { automationToggle, failure, type Switches, unavailable } from '../switches.ts';
import { NO_AUTOMATION } from './automation.ts';
import type { PipedriveSandbox } from './create-pipedrive.ts';

/** Somebody the company's own automation can give everything to: the last of its people. */
const anyone = (pipedrive: PipedriveSandbox): string | null => {
  const email = [...pipedrive.account().tables.user.values()].at(-1)?.email;
  return typeof email === 'string' ? email : null;
};

/** What a person can switch at the Pipedrive stand-in. */
export const pipedriveSwitches = (pipedrive: PipedriveSandbox): Switches => ({
  faultKinds: [
    failure('burst', '429 Two seconds', 'Too many requests within two seconds.'),
    failure('daily_limit', '429 Day used up', 'The company’s tokens of the day are spent, until midnight.'),
    failure('blocked', '403 Page', 'The content network’s page instead of an answer, as after ignored 429s.'),
    failure('401', '401 Token', 'The access token is refused, although it is young.'),
    failure('403', '403 Scope', 'The app may not call this.'),
    failure('500', '500 Error', 'An error of Pipedrive’s own.'),
    unavailable('Pipedrive'),
  ],
  faults: pipedrive.faults,
  pushes: pipedrive.pushes.switches,
  toggles: [
    automationToggle({
      now: () => pipedrive.accounts()[0]?.automation,
      set: pipedrive.setAutomation,
      off: NO_AUTOMATION,
    })(
      'reownTo',
      'Automation that re-owns',
      'Every lead whose owner the API sets is given to somebody else.',
      () => anyone(pipedrive),
    ),
  ],
  oneTimes: [
    {
      name: 'expire',
      label: 'Let the tokens expire',
      hint: 'The next call is answered with 401; refreshing helps.',
      run: () => pipedrive.oauth.expireAll(),
    },
    {
      name: 'revoke',
      label: 'Remove the app',
      hint: 'Its tokens and its webhooks are gone, until somebody connects again.',
      run: () => pipedrive.revoke(),
    },
  ],
  counters: () => {
    const { apiCalls, byStatus, tokens } = pipedrive.stats();
    return [
      ['API calls', apiCalls],
      ['Tokens of the day they took', tokens],
      ['Refused by limits', byStatus['429'] ?? 0],
    ];
  },
  resetCounters: pipedrive.resetStats,
});
