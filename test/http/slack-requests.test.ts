import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DANA, openSlackWorld, type SlackWorld, TEAM } from '../support/slack-world.ts';

let world: SlackWorld;
beforeEach(async () => {
  world = await openSlackWorld();
});
afterEach(() => world.close());

const seconds = (): number => Math.floor(Date.now() / 1000);

const post = (
  body: string,
  { at = seconds(), secret = 'test-signing-secret', type = 'application/x-www-form-urlencoded' } = {},
): Promise<Response> =>
  fetch(`${world.fairleadUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
    },
  });

const action = (change: Record<string, unknown>): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: TEAM, domain: 'harbour' },
      user: { id: 'U1', username: 'dana' },
      is_enterprise_install: false,
      trigger_id: `t${Math.random()}`,
      container: { type: 'message' },
      actions: [{ type: 'button', action_id: 'lead_claim', block_id: 'b', value: 'asg_1', action_ts: '1' }],
      ...change,
    }),
  }).toString();

const command = (text: string): string =>
  new URLSearchParams({
    command: '/leads',
    text,
    team_id: TEAM,
    user_id: 'U1',
    channel_id: 'D1',
    trigger_id: `t${Math.random()}`,
    is_enterprise_install: 'false',
  }).toString();

describe('a request', () => {
  test('is refused with a wrong signature, an old date, or one in the future', async () => {
    expect((await post(command('help'))).status).toBe(200);
    expect((await post(command('help'), { secret: 'another' })).status).toBe(401);
    expect((await post(command('help'), { at: seconds() - 310 })).status).toBe(401);
    expect((await post(command('help'), { at: seconds() + 310 })).status).toBe(401);
    expect(
      (await fetch(`${world.fairleadUrl}/slack/events`, { method: 'POST', body: command('help') })).status,
    ).toBe(401);
  });

  test('proves its address when Slack asks', async () => {
    const reply = await post(JSON.stringify({ type: 'url_verification', challenge: 'c1' }), {
      type: 'application/json',
    });
    expect(await reply.json()).toEqual({ challenge: 'c1' });
  });

  test('from a team that is not connected is refused', async () => {
    expect((await post(action({ team: { id: 'T_OTHER', domain: 'x' } }))).status).toBe(401);
  });

  test('nobody listens for is acknowledged at once', async () => {
    const begun = performance.now();
    const unknown = [
      action({
        actions: [{ type: 'button', action_id: 'of_a_version_to_come', block_id: 'b', action_ts: '1' }],
      }),
      action({ actions: [{ type: 'button', action_id: 'lead_open', block_id: 'b', action_ts: '1' }] }),
      action({
        type: 'view_submission',
        actions: undefined,
        view: { id: 'V1', callback_id: 'of_old', state: { values: {} }, private_metadata: '' },
      }),
      action({
        type: 'view_closed',
        actions: undefined,
        view: { id: 'V1', callback_id: 'lead_decline_modal', state: { values: {} }, private_metadata: '' },
      }),
      action({ type: 'shortcut', actions: undefined, callback_id: 'my_leads' }),
      action({ type: 'block_suggestion', actions: undefined, action_id: 'x', value: '' }),
      command('help').replace('%2Fleads', '%2Fother'),
    ];
    for (const body of unknown) expect((await post(body)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(2500);
  });

  test('that is none of Slack’s, though signed, is refused as such', async () => {
    const json = { type: 'application/json' };
    expect((await post('null', json)).status).toBe(400);
    const nobody = '{"type":"view_closed","is_enterprise_install":true,"view":{}}';
    expect((await post(nobody, json)).status).toBe(400);
  });

  test('with a made-up assignment changes nothing', async () => {
    for (const value of ["asg_1' or 1=1", 'asg_404', '', undefined, 'x'.repeat(2000)]) {
      const actions = [
        {
          type: 'button',
          action_id: 'lead_claim',
          block_id: 'b',
          action_ts: '1',
          ...(value === undefined ? {} : { value }),
        },
      ];
      expect((await post(action({ actions }))).status).toBe(200);
    }
  });

  test('delivered twice is carried out once', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.card('asg_1', 'dana', 'U1');
    const [card] = await world.seen('U1');
    const twice = action({
      trigger_id: 'same',
      response_url: `${world.slackUrl}/slack/response/none`,
      actions: [{ type: 'button', action_id: 'lead_decline', block_id: 'b', value: 'asg_1', action_ts: '1' }],
      message: { ts: card?.ts },
    });
    expect((await post(twice)).status).toBe(200);
    expect((await post(twice)).status).toBe(200);
    const opened = async () => {
      const { calls } = (await (await fetch(`${world.slackUrl}/control/slack/requests`)).json()) as {
        calls: { method: string }[];
      };
      return calls.filter((one) => one.method === 'views.open').length;
    };
    await expect.poll(opened).toBe(1);
  });
});

describe('/leads', () => {
  test.each(['', 'help', 'what is this?'])('%j says what the app does, to the asker only', async (text) => {
    const reply = (await (await post(command(text))).json()) as {
      response_type: string;
      text: string;
      blocks: unknown[];
    };
    expect(reply).toMatchObject({ response_type: 'ephemeral' });
    expect(reply.text).toContain('press Claim');
    await world.control('command', { user: 'U1', command: `/leads ${text}` });
    const [shown] = await world.seen('U1');
    expect(shown).toMatchObject({ ephemeralTo: 'U1', text: reply.text });
  });
});

describe('an uninstall', () => {
  test('is told with the instant it happened', async () => {
    await world.control('uninstall', {});
    await expect.poll(() => world.uninstalls.length).toBe(2);
    expect(Math.abs((world.uninstalls[0] ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  test('of a user’s token only is none', async () => {
    await world.control('events', { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    expect(world.uninstalls).toEqual([]);
  });
});

test('a press that fails inside is told to who pressed, and changes nothing', async () => {
  world.offers.offer('asg_1', [DANA]);
  await world.card('asg_1', 'dana', 'U1');
  const [card] = await world.seen('U1');
  await world.control('faults', { method: 'views.open', error: 'internal_error' });
  await world.press('U1', card!, 'lead_decline');
  await expect
    .poll(async () => (await world.seen('U1')).at(-1)?.text)
    .toContain('Something went wrong and nothing was changed');
});

test('a form that Slack would no longer open is told to who pressed', async () => {
  world.offers.offer('asg_1', [DANA]);
  await world.card('asg_1', 'dana', 'U1');
  const [card] = await world.seen('U1');
  await world.control('faults', { method: 'views.open', error: 'expired_trigger_id' });
  await world.press('U1', card!, 'lead_decline');
  await expect.poll(async () => (await world.seen('U1')).at(-1)?.text).toContain('Press Decline again');
});
