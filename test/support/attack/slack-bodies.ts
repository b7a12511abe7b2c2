import fc from 'fast-check';
import { HOSTILE_TEXTS, spoilt, spoiltBytes } from './hostile.ts';

const hostile = fc.constantFrom(...HOSTILE_TEXTS.filter((text) => text.length < 3_000));
const or = (...usual: readonly unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: hostile });

const who = {
  team: fc.record({ id: or('T001', 'T404'), domain: or('harbour') }),
  user: fc.record({ id: or('U1', 'U2'), username: or('dana') }),
  trigger_id: or('t1', 't2'),
  is_enterprise_install: fc.constantFrom(false, true),
};

const button = fc.record({
  type: fc.constant('block_actions'),
  ...who,
  container: fc.record({ type: or('message', 'view') }),
  actions: fc.array(
    fc.record({
      type: or('button', 'static_select'),
      action_id: or('lead_claim', 'lead_decline', 'lead_open', 'away_switch', 'of_a_version_to_come'),
      block_id: or('b'),
      value: or('asg_1', ''),
      action_ts: or('1'),
    }),
    { maxLength: 2 },
  ),
});

const form = fc.record({
  type: or('view_submission', 'view_closed'),
  ...who,
  view: fc.record({
    id: or('V1'),
    callback_id: or('lead_decline_modal', 'away_modal', 'of_old'),
    private_metadata: or('', '{"assignment":"asg_1"}', '{'),
    state: fc.constantFrom({ values: {} }, { values: null }, {}),
  }),
});

const event = fc.record({
  type: fc.constant('event_callback'),
  team_id: or('T001', 'T404'),
  event_id: or('Ev1', 'Ev2'),
  event_time: fc.constantFrom(1, 1e300, -1, null),
  event: fc.record({
    type: or('app_home_opened', 'app_uninstalled', 'tokens_revoked', 'message'),
    user: or('U1'),
    tab: or('home', 'messages'),
    tokens: fc.constantFrom({ bot: ['U9'] }, {}, null),
  }),
});

const challenge = fc.record({ type: fc.constant('url_verification'), challenge: or('c1') });

const command = fc
  .record({
    command: or('/leads', '/other'),
    text: or('', 'help', 'ooo 2d', 'back'),
    team_id: or('T001', 'T404'),
    user_id: or('U1'),
    channel_id: or('D1'),
    trigger_id: or('t1'),
  })
  .map((fields) => Buffer.from(new URLSearchParams(fields as Record<string, string>).toString()));

const asForm = (json: Buffer): Buffer =>
  Buffer.from(new URLSearchParams({ payload: json.toString('utf8') }).toString());

/** What Slack posts: events as JSON, all else as forms; in either, spoilt. */
export const SLACK_BODIES: fc.Arbitrary<Buffer> = fc.oneof(
  command,
  spoilt(fc.oneof(button, form)).chain(spoiltBytes).map(asForm),
  spoilt(fc.oneof(event, challenge)).chain(spoiltBytes),
);
