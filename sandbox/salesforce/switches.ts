import {
  automationToggle,
  failure,
  newSigningKey,
  type Switches,
  type Toggle,
  unavailable,
} from '../switches.ts';
import { NO_AUTOMATION } from './automation.ts';
import type { SalesforceSandbox } from './create-salesforce.ts';
import { tableOf } from './org.ts';

/** Somebody the org's own assignment rule can give everything to: a queue, else a user. */
const anyOwner = (salesforce: SalesforceSandbox): string => {
  const org = salesforce.org();
  const [queue] = tableOf(org, 'QueueSobject').values();
  const [user] = tableOf(org, 'User').values();
  return String(queue?.QueueId ?? user?.Id);
};

const automationToggles = (salesforce: SalesforceSandbox): readonly Toggle[] => {
  const toggle = automationToggle({
    now: () => salesforce.org().automation,
    set: salesforce.setAutomation,
    off: NO_AUTOMATION,
  });
  return [
    toggle('trigger', 'Trigger on new leads', 'The package asks Fairlead about every new lead.', () => true),
    toggle(
      'assignmentRule',
      'Assignment rule of the org',
      'The org gives leads away itself whenever a write through the API does not forbid it.',
      () => ({ name: 'Everything to one', entries: [{ ownerId: anyOwner(salesforce) }] }),
    ),
    toggle(
      'validationRule',
      'Refuse owner changes',
      'A validation rule refuses every change of owner.',
      () => ({ message: 'Owners may not be changed at the end of the quarter.' }),
    ),
    toggle(
      'duplicateRule',
      'Refuse duplicates',
      'A second lead with the same e-mail is refused.',
      () => true,
    ),
  ];
};

const changeDataToggle = (salesforce: SalesforceSandbox): Toggle => ({
  name: 'changeData',
  label: 'Change Data Capture',
  hint: 'The org tells of changes to leads as they happen, over the Pub/Sub API.',
  on: () => salesforce.org().changeData === 'on',
  set: (on) => salesforce.setChangeData(on ? 'on' : 'off'),
});

/** What a person can switch at the Salesforce stand-in. */
export const salesforceSwitches = (salesforce: SalesforceSandbox): Switches => ({
  faultKinds: [
    failure('daily_limit', 'Daily limit used up', 'REQUEST_LIMIT_EXCEEDED until tomorrow.'),
    failure('concurrent_limit', 'Too many long calls', 'REQUEST_LIMIT_EXCEEDED for the moment.'),
    unavailable('Salesforce'),
    failure('500', '500 Error', 'An unexpected error of Salesforce’s own.'),
    failure('session_expired', 'Session expired', 'INVALID_SESSION_ID, although the session is young.'),
    failure('row', 'Locked rows', 'UNABLE_TO_LOCK_ROW for single records of a write.'),
  ],
  faults: salesforce.faults,
  pushes: salesforce.pubsub.pushes,
  toggles: [changeDataToggle(salesforce), ...automationToggles(salesforce)],
  oneTimes: [
    {
      name: 'expire',
      label: 'Let the sessions expire',
      hint: 'The next call is answered with INVALID_SESSION_ID; refreshing helps.',
      run: () => salesforce.oauth.expireAll(),
    },
    {
      name: 'revoke',
      label: 'Revoke the app',
      hint: 'Sessions and refresh tokens stop working, until somebody connects again.',
      run: () => salesforce.oauth.uninstall(salesforce.org().id),
    },
    newSigningKey('Salesforce', salesforce.idTokens.rotate),
    {
      name: 'break-streams',
      label: 'Break the streams',
      hint: 'Whoever listens to changes has to listen anew.',
      run: () => salesforce.pubsub.breakStreams(),
    },
    {
      name: 'new-day',
      label: 'Start a new day',
      hint: 'The daily allocation of API calls is fresh.',
      run: () => salesforce.limits().reset(),
    },
  ],
  counters: () => {
    const { apiCalls, refusedByLimits, rows } = salesforce.stats();
    const { used, max } = salesforce.limits().usage();
    return [
      ['API calls', apiCalls],
      ['Refused by limits', refusedByLimits],
      ['Left of the day’s allocation', max - used],
      ['Records read', rows.read],
      ['Records written', rows.written],
      ['Streams open', salesforce.pubsub.stats().open],
      ['Changes told', salesforce.pubsub.stats().delivered],
      ['Flow runs', salesforce.flow.runs().length],
    ];
  },
  resetCounters: salesforce.resetStats,
});
