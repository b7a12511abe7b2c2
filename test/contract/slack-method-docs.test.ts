import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { METHODS, TIERS } from '../../sandbox/slack/facts.ts';
import { IMPLEMENTED } from '../../sandbox/slack/web-api.ts';
import { BOT_SCOPES } from '../../slack/scopes.ts';
import { DANA, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

interface MethodDoc {
  readonly args: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly rate_limit: { readonly label: string };
  readonly scopes: { readonly bot?: readonly { readonly name: string }[] };
}

const folder = vendorSpecs('slack/method-docs') ?? '';

const doc = (method: string): MethodDoc =>
  JSON.parse(readFileSync(`${folder}/${method}.json`, 'utf8')) as MethodDoc;

/** What any method may answer; the pages list only what is particular to each. */
const COMMON = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'invalid_arguments',
  'unknown_method',
]);

describe.skipIf(folder === '')('the stand-in, held against Slack’s method pages', () => {
  test('answers what it has facts about, and has facts about what it answers', () => {
    expect(Object.keys(IMPLEMENTED).sort()).toEqual(Object.keys(METHODS).sort());
  });

  test.each(Object.entries(METHODS))('%s has the arguments, scopes and tier of its page', (method, facts) => {
    const page = doc(method);
    const documented = Object.keys(page.args);
    for (const name of [...facts.required, ...facts.optional]) {
      // Sent by every client beside the documented ones.
      if (method !== 'api.test') expect(documented, name).toContain(name);
    }
    const required = documented.filter((name) => page.args[name]?.required === true);
    expect(facts.required).toEqual(expect.arrayContaining(required));
    expect([...facts.scopes].sort()).toEqual((page.scopes.bot ?? []).map((one) => one.name).sort());
    const tier = /^Tier (\d)/.exec(page.rate_limit.label)?.[1];
    expect(String(facts.tier)).toBe(tier ?? (method === 'chat.postMessage' ? 'post' : 'special'));
    if (tier !== undefined) expect(page.rate_limit.label).toContain(`${TIERS[facts.tier]}+`);
  });
});

describe('what Fairlead sends', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await openSlackWorld();
    world.offers.offer('asg_1', [DANA, SAM]);
    await world.card('asg_1', 'dana', 'U1');
    await world.card('asg_1', 'sam', 'U2');
    const [card] = await world.seen('U1');
    await world.press('U1', card!, 'lead_decline');
    await vi.waitFor(() => expect(world.slack.state.views).toHaveLength(1));
    world.offers.expire('asg_1');
    await world.refresh('asg_1');
    world.offers.offer('asg_2', [DANA], { expiresAt: Date.now() + 60_000 });
    await world.card('asg_2', 'dana', 'U1');
    await world.remind('asg_2', 'dana', 'U1');
    world.offers.expire('asg_2');
    await world.refresh('asg_2');
    await world.home('dana', 'U1');
    await world.directory.byEmail('con_1', 'dana@example.com');
    world.settings.alertUser = 'U1';
    world.offers.alerts = [{ id: 'alr_1', kind: 'x', text: 'Look here.', since: '' }];
    await world.deliver({ kind: 'slack_alert', body: { alertId: 'alr_1' } });
  });
  afterAll(() => world.close());

  const calls = async () => {
    const reply = await fetch(`${world.slackUrl}/control/slack/requests`);
    return (
      (await reply.json()) as { calls: { method: string; superfluous: string[]; error: string | null }[] }
    ).calls;
  };

  test('is known to Slack: methods, arguments, nothing superfluous, no refusal', async () => {
    const made = await calls();
    expect([...new Set(made.map((one) => one.method))].sort()).toEqual([
      'chat.delete',
      'chat.postMessage',
      'chat.update',
      'users.lookupByEmail',
      'views.open',
      'views.publish',
    ]);
    for (const call of made) expect(call, call.method).toMatchObject({ superfluous: [], error: null });
  });

  test('needs each scope it asks for, but the command’s, and no other', async () => {
    const needed = new Set((await calls()).flatMap((one) => METHODS[one.method]?.scopes ?? []));
    // users:read.email is only granted together with users:read; commands is for /leads.
    expect([...needed, 'commands', 'users:read'].sort()).toEqual([...BOT_SCOPES].sort());
  });
});

const HOME = { type: 'home', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Hello' } }] };
const PICKER = { type: 'datetimepicker', action_id: 'when', initial_date_time: 1_764_080_000 };
const many = (count: number, { text = 'Hello' }) =>
  Array.from({ length: count }, () => ({ type: 'section', text: { type: 'plain_text', text } }));

describe.skipIf(folder === '')('errors', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await openSlackWorld();
  });
  afterAll(() => world.close());

  const call = async (method: string, body: unknown, token = 'xoxb-test'): Promise<string> => {
    const headers = {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    };
    const reply = await fetch(`${world.slackUrl}/slack/api/${method}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return ((await reply.json()) as { error: string }).error;
  };

  test.each([
    ['chat.postMessage', { channel: 'U404', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: 'U1' }, 'no_text'],
    ['chat.postMessage', { channel: 'U1', blocks: 'nonsense' }, 'invalid_blocks_format'],
    ['chat.postMessage', { channel: 'U1', blocks: [{ type: 'nonsense' }] }, 'invalid_blocks'],
    [
      'chat.postMessage',
      { channel: 'U1', text: 'x', metadata: { event_type: 'x' } },
      'invalid_metadata_schema',
    ],
    ['chat.postMessage', { channel: 'U1', text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    ['chat.postMessage', { text: 'x' }, 'invalid_arguments'],
    ['chat.update', { channel: 'U1', ts: '1', text: 'x' }, 'channel_not_found'],
    ['chat.postEphemeral', { channel: 'U1', user: 'U2', text: 'x' }, 'user_not_in_channel'],
    [
      'views.open',
      {
        trigger_id: 'made-up',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [{ type: 'divider' }] },
      },
      'invalid_trigger_id',
    ],
    ['views.publish', { user_id: 'U1' }, 'invalid_arguments'],
    ['views.publish', { view: HOME }, 'invalid_arguments'],
    ['views.publish', { user_id: 'U1', view: { ...HOME, title: HOME.blocks[0]?.text } }, 'invalid_arguments'],
    [
      'views.publish',
      { user_id: 'U1', view: { ...HOME, submit: HOME.blocks[0]?.text } },
      'invalid_arguments',
    ],
    ['views.publish', { user_id: 'U1', view: { ...HOME, type: 'modal' } }, 'invalid_arguments'],
    ['views.publish', { user_id: 'U1', view: { ...HOME, blocks: [] } }, 'invalid_arguments'],
    ['views.publish', { user_id: 'U1', view: { ...HOME, blocks: many(101, {}) } }, 'invalid_arguments'],
    [
      'views.publish',
      { user_id: 'U1', view: { ...HOME, blocks: many(100, { text: 'x'.repeat(3000) }) } },
      'view_too_large',
    ],
    ['views.publish', { user_id: 'U1', view: HOME, hash: 'of-another' }, 'hash_conflict'],
    [
      'views.publish',
      {
        user_id: 'U1',
        view: {
          ...HOME,
          blocks: [{ type: 'actions', elements: [PICKER, PICKER] }],
        },
      },
      'invalid_arguments',
    ],
    [
      'views.publish',
      {
        user_id: 'U1',
        view: { ...HOME, blocks: [{ type: 'actions', elements: [{ ...PICKER, initial_date_time: 1 }] }] },
      },
      'invalid_arguments',
    ],
    ['users.lookupByEmail', { email: 'nobody@example.com' }, 'users_not_found'],
    ['users.info', { user: 'U404' }, 'user_not_found'],
    ['users.list', { cursor: 'made-up' }, 'invalid_cursor'],
    ['conversations.open', { users: 'U1' }, 'missing_scope'],
    ['oauth.v2.access', { client_id: 'x' }, 'invalid_client_id'],
    [
      'oauth.v2.access',
      { client_id: 'sandbox-client', client_secret: 'sandbox-secret', code: 'x' },
      'invalid_code',
    ],
    ['apps.uninstall', { client_id: 'sandbox-client', client_secret: 'x' }, 'bad_client_secret'],
  ])('%s %j is %s', async (method, body, error) => {
    expect(await call(method, body)).toBe(error);
    if (!COMMON.has(error)) expect(Object.keys(doc(method).errors)).toContain(error);
  });

  test('of an external id that names another view already', async () => {
    const view = { ...HOME, external_id: 'one' };
    expect(await call('views.publish', { user_id: 'U1', view })).toBeUndefined();
    expect(await call('views.publish', { user_id: 'U1', view })).toBeUndefined();
    expect(await call('views.publish', { user_id: 'U2', view })).toBe('duplicate_external_id');
    expect(Object.keys(doc('views.publish').errors)).toContain('duplicate_external_id');
  });

  test('of tokens', async () => {
    expect(await call('auth.test', {}, '')).toBe('not_authed');
    expect(await call('auth.test', {}, 'xoxb-other')).toBe('invalid_auth');
    expect(await call('made.up', {})).toBe('unknown_method');
    expect(await call('constructor', {})).toBe('unknown_method');
  });
});
