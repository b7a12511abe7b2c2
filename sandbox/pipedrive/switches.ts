import type { Switches } from '../switches.ts';
import type { PipedriveSandbox } from './create-pipedrive.ts';

/** Somebody the company's own automation can give everything to: the last of its people. */
const anyone = (pipedrive: PipedriveSandbox): string | null => {
  const email = [...pipedrive.account().tables.user.values()].at(-1)?.email;
  return typeof email === 'string' ? email : null;
};

/** What a person can switch at the Pipedrive stand-in. */
export const pipedriveSwitches = (pipedrive: PipedriveSandbox): Switches => ({
  faultKinds: [
    { fault: { kind: 'burst' }, label: '429 Two seconds', hint: 'Too many requests within two seconds.' },
    {
      fault: { kind: 'daily_limit' },
      label: '429 Day used up',
      hint: 'The company’s tokens of the day are spent, until midnight.',
    },
    {
      fault: { kind: 'blocked' },
      label: '403 Page',
      hint: 'The content network’s page instead of an answer, as after ignored 429s.',
    },
    {
      fault: { kind: '401' },
      label: '401 Token',
      hint: 'The access token is refused, although it is young.',
    },
    { fault: { kind: '403' }, label: '403 Scope', hint: 'The app may not call this.' },
    { fault: { kind: '500' }, label: '500 Error', hint: 'An error of Pipedrive’s own.' },
    { fault: { kind: '503' }, label: '503 Unavailable', hint: 'Pipedrive is down for the moment.' },
  ],
  faults: pipedrive.faults,
  pushes: pipedrive.pushes.switches,
  toggles: [
    {
      name: 'reown',
      label: 'Automation that re-owns',
      hint: 'Every lead whose owner the API sets is given to somebody else.',
      on: () => pipedrive.accounts().length > 0 && pipedrive.account().automation.reownTo !== null,
      set: (on) => pipedrive.setAutomation({ reownTo: on ? anyone(pipedrive) : null }),
    },
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
    const { sent } = pipedrive.pushes.switches.counts();
    return [
      ['API calls', apiCalls],
      ['Tokens of the day they took', tokens],
      ['Refused by limits', byStatus['429'] ?? 0],
      ['Pushes sent', sent],
    ];
  },
  resetCounters: () => {
    pipedrive.resetStats();
    pipedrive.pushes.switches.resetCounts();
  },
});
