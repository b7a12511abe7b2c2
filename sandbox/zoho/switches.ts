import type { Switches, Toggle } from '../switches.ts';
import type { Automation } from './automation.ts';
import type { ZohoSandbox } from './create-zoho.ts';
import { installingUser } from './seed.ts';

const automationToggles = (zoho: ZohoSandbox): readonly Toggle[] => {
  const toggle = (
    name: keyof Automation,
    label: string,
    hint: string,
    onValue: () => Partial<Automation>,
    offValue: Partial<Automation>,
  ): Toggle => ({
    name,
    label,
    hint,
    on: () => Boolean(zoho.org().automation[name]),
    set: (on) => zoho.setAutomation(on ? onValue() : offValue),
  });
  return [
    toggle(
      'assignmentRule',
      'Assignment rule of the org',
      'The org gives every lead that changes to its first user, whoever was to have it.',
      () => ({
        assignmentRule: {
          name: 'Everything to one',
          entries: [{ ownerId: installingUser(zoho.org()).id }],
          onEdit: true,
          always: true,
        },
      }),
      { assignmentRule: null },
    ),
    toggle(
      'threshold',
      'Assignment threshold',
      'Nobody is given a lead who has five already.',
      () => ({ threshold: { most: 5 } }),
      { threshold: null },
    ),
    toggle(
      'validationRule',
      'Refuse owner changes',
      'A validation rule refuses every change of owner.',
      () => ({ validationRule: { message: 'Owners may not be changed at the end of the quarter.' } }),
      { validationRule: null },
    ),
    toggle(
      'uniqueEmail',
      'Refuse duplicates',
      'A second lead with the same e-mail is refused.',
      () => ({ uniqueEmail: true }),
      { uniqueEmail: false },
    ),
  ];
};

/** What a person can switch at the Zoho stand-in. */
export const zohoSwitches = (zoho: ZohoSandbox): Switches => ({
  faultKinds: [
    {
      fault: { kind: 'daily_limit' },
      label: 'Credits used up',
      hint: 'TOO_MANY_REQUESTS until tomorrow.',
    },
    {
      fault: { kind: 'concurrent_limit' },
      label: 'Too many at once',
      hint: 'TOO_MANY_REQUESTS for the moment.',
    },
    {
      fault: { kind: 'sub_concurrent_limit' },
      label: 'Too many heavy calls at once',
      hint: 'TOO_MANY_REQUESTS for queries, sorted lists and large writes.',
    },
    { fault: { kind: '503' }, label: '503 Unavailable', hint: 'Zoho is down for the moment.' },
    { fault: { kind: '500' }, label: '500 Error', hint: 'INTERNAL_ERROR of Zoho’s own.' },
    {
      fault: { kind: 'token_expired' },
      label: 'Token expired',
      hint: 'INVALID_TOKEN, although the token is young.',
    },
    { fault: { kind: 'row' }, label: 'Locked records', hint: 'RECORD_LOCKED for single rows of a write.' },
  ],
  faults: zoho.faults,
  pushes: zoho.pushes.switches,
  toggles: automationToggles(zoho),
  oneTimes: [
    {
      name: 'expire',
      label: 'Let the access tokens expire',
      hint: 'The next call is answered with INVALID_TOKEN; refreshing helps, ten times in ten minutes.',
      run: () => zoho.oauth.expireAll(),
    },
    {
      name: 'expire-channels',
      label: 'Let the notification channels lapse',
      hint: 'Nothing is pushed any more, and nobody is told.',
      run: () => zoho.channels.expire(zoho.org()),
    },
    {
      name: 'revoke',
      label: 'Revoke the app',
      hint: 'Tokens and channels stop working, until somebody connects again.',
      run: () => zoho.revoke(),
    },
    {
      name: 'new-day',
      label: 'Start a new day',
      hint: 'The daily credits are fresh.',
      run: () => zoho.limits().reset(),
    },
  ],
  counters: () => {
    const { calls, credits, refusedByLimits, rows, tokens } = zoho.stats();
    const { used, max } = zoho.limits().usage();
    return [
      ['API calls', calls],
      ['Credits', credits],
      ['Refused by limits', refusedByLimits],
      ['Left of the day’s credits', max - used],
      ['Access tokens', tokens],
      ['Records read', rows.read],
      ['Records written', rows.written],
      ['Notifications sent', zoho.pushes.switches.counts().sent],
    ];
  },
  resetCounters: zoho.resetStats,
});
