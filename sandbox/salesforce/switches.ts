import type { Switches, Toggle } from '../switches.ts';
import type { Automation } from './automation.ts';
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
    on: () => Boolean(salesforce.org().automation[name]),
    set: (on) => salesforce.setAutomation(on ? onValue() : offValue),
  });
  return [
    toggle(
      'trigger',
      'Trigger on new leads',
      'The package asks Fairlead about every new lead.',
      () => ({ trigger: true }),
      { trigger: false },
    ),
    toggle(
      'assignmentRule',
      'Assignment rule of the org',
      'The org gives leads away itself whenever a write through the API does not forbid it.',
      () => ({
        assignmentRule: { name: 'Everything to one', entries: [{ ownerId: anyOwner(salesforce) }] },
      }),
      { assignmentRule: null },
    ),
    toggle(
      'validationRule',
      'Refuse owner changes',
      'A validation rule refuses every change of owner.',
      () => ({ validationRule: { message: 'Owners may not be changed at the end of the quarter.' } }),
      { validationRule: null },
    ),
    toggle(
      'duplicateRule',
      'Refuse duplicates',
      'A second lead with the same e-mail is refused.',
      () => ({ duplicateRule: true }),
      { duplicateRule: false },
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
    {
      fault: { kind: 'daily_limit' },
      label: 'Daily limit used up',
      hint: 'REQUEST_LIMIT_EXCEEDED until tomorrow.',
    },
    {
      fault: { kind: 'concurrent_limit' },
      label: 'Too many long calls',
      hint: 'REQUEST_LIMIT_EXCEEDED for the moment.',
    },
    {
      fault: { kind: '503' },
      label: '503 Unavailable',
      hint: 'Salesforce is down for the moment.',
    },
    { fault: { kind: '500' }, label: '500 Error', hint: 'An unexpected error of Salesforce’s own.' },
    {
      fault: { kind: 'session_expired' },
      label: 'Session expired',
      hint: 'INVALID_SESSION_ID, although the session is young.',
    },
    {
      fault: { kind: 'row' },
      label: 'Locked rows',
      hint: 'UNABLE_TO_LOCK_ROW for single records of a write.',
    },
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
