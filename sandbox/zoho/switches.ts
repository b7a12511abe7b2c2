import { automationToggle, failure, type Switches, type Toggle, unavailable } from '../switches.ts';
import { NO_AUTOMATION } from './automation.ts';
import type { ZohoSandbox } from './create-zoho.ts';
import { installingUser } from './seed.ts';

const automationToggles = (zoho: ZohoSandbox): readonly Toggle[] => {
  const toggle = automationToggle({
    now: () => zoho.org().automation,
    set: zoho.setAutomation,
    off: NO_AUTOMATION,
  });
  return [
    toggle(
      'assignmentRule',
      'Assignment rule of the org',
      'The org gives every lead that changes to its first user, whoever was to have it.',
      () => ({
        name: 'Everything to one',
        entries: [{ ownerId: installingUser(zoho.org()).id }],
        onEdit: true,
        always: true,
      }),
    ),
    toggle('threshold', 'Assignment threshold', 'Nobody is given a lead who has five already.', () => ({
      most: 5,
    })),
    toggle(
      'validationRule',
      'Refuse owner changes',
      'A validation rule refuses every change of owner.',
      () => ({ message: 'Owners may not be changed at the end of the quarter.' }),
    ),
    toggle('uniqueEmail', 'Refuse duplicates', 'A second lead with the same e-mail is refused.', () => true),
  ];
};

/** What a person can switch at the Zoho stand-in. */
export const zohoSwitches = (zoho: ZohoSandbox): Switches => ({
  faultKinds: [
    failure('daily_limit', 'Credits used up', 'TOO_MANY_REQUESTS until tomorrow.'),
    failure('concurrent_limit', 'Too many at once', 'TOO_MANY_REQUESTS for the moment.'),
    failure(
      'sub_concurrent_limit',
      'Too many heavy calls at once',
      'TOO_MANY_REQUESTS for queries, sorted lists and large writes.',
    ),
    unavailable('Zoho'),
    failure('500', '500 Error', 'INTERNAL_ERROR of Zoho’s own.'),
    failure('token_expired', 'Token expired', 'INVALID_TOKEN, although the token is young.'),
    failure('row', 'Locked records', 'RECORD_LOCKED for single rows of a write.'),
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
    ];
  },
  resetCounters: zoho.resetStats,
});
