import { afterEach, describe, expect, test } from 'vitest';
import { openSlackWorld, PEOPLE, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
afterEach(() => world.close());

interface Reply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const call = async (
  method: string,
  body: Record<string, unknown> = {},
  token = 'xoxb-test',
): Promise<Reply> => {
  const reply = await fetch(`${world.slackUrl}/slack/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return {
    status: reply.status,
    retryAfter: reply.headers.get('retry-after'),
    body: (await reply.json()) as Reply['body'],
  };
};

const post = (text: string, blocks?: unknown): Promise<Reply> =>
  call('chat.postMessage', { channel: 'U1', text, ...(blocks === undefined ? {} : { blocks }) });

describe('the Slack stand-in', () => {
  test('says which scope is missing and which there are', async () => {
    world = await openSlackWorld({ install: { token: 'xoxb-test', scopes: ['commands'] } });
    expect((await post('x')).body).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'commands',
    });
  });

  test('limits each method by its tier and posts by their channel, and says when to come back', async () => {
    let now = Date.UTC(2026, 10, 24);
    world = await openSlackWorld({ now: () => now });
    for (let i = 0; i < 5; i++) expect((await post('x')).status).toBe(200);
    expect(await post('x')).toEqual({
      status: 429,
      retryAfter: '1',
      body: { ok: false, error: 'ratelimited' },
    });
    expect((await call('chat.postMessage', { channel: 'U2', text: 'x' })).status).toBe(200);
    now += 1000;
    expect((await post('x')).status).toBe(200);
    for (let i = 0; i < 20; i++) expect((await call('users.list')).status).toBe(200);
    expect(await call('users.list')).toMatchObject({ status: 429, retryAfter: '3' });
  });

  test.each([
    [[{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
    [
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [[{ type: 'section' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [[{ type: 'section', text: { type: 'mrkdwn', text: '' } }], 'must be more than 0 characters'],
    [
      [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }],
      '/blocks/0/fields',
    ],
    [[{ type: 'actions', elements: [] }], '/blocks/0/elements'],
    [
      [
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' }, url: 'not a url' }],
        },
      ],
      '/elements/0/url',
    ],
    [
      [
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' }, style: 'default' }],
        },
      ],
      '/elements/0/style',
    ],
    [[{ type: 'context', elements: [{ type: 'mrkdwn', text: 'x', color: 'red' }] }], '/blocks/0/elements/0'],
    [
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'block_id must be unique',
    ],
    [Array.from({ length: 51 }, () => ({ type: 'divider' })), '[json-pointer:/blocks]'],
    [[{ type: 'carousel' }], '/blocks/0/type'],
  ])('refuses blocks that Slack refuses: %j', async (blocks, message) => {
    world = await openSlackWorld();
    const { body } = await post('x', blocks);
    expect(body.error).toBe('invalid_blocks');
    expect(JSON.stringify(body.response_metadata)).toContain(message);
  });

  test('shows people page by page, and their address only with its scope', async () => {
    world = await openSlackWorld({ install: { token: 'xoxb-test', scopes: ['users:read'] } });
    const first = (await call('users.list', { limit: 3 })).body as {
      members: { id: string; profile: object }[];
      response_metadata: { next_cursor: string };
    };
    expect(first.members.map((one) => one.id)).toEqual(['U1', 'U2', 'U3']);
    expect(first.members[0]?.profile).not.toHaveProperty('email');
    const second = (await call('users.list', { limit: 3, cursor: first.response_metadata.next_cursor })).body;
    expect(second).toMatchObject({
      members: [{ id: 'U4', deleted: true }],
      response_metadata: { next_cursor: '' },
    });
    expect(PEOPLE).toHaveLength(4);
  });

  test('installs: consent, a code good once, a token that works', async () => {
    world = await openSlackWorld({ install: { token: 'xoxb-first', scopes: [] } });
    const query = {
      client_id: 'sandbox-client',
      scope: 'chat:write,users:read',
      redirect_uri: 'http://127.0.0.1:9/slack/oauth_redirect',
      state: 's1',
    };
    const authorize = `${world.slackUrl}/slack/oauth/v2/authorize`;
    expect(await (await fetch(`${authorize}?${new URLSearchParams(query)}`)).text()).toContain('chat:write');
    const back = await fetch(authorize, {
      method: 'POST',
      body: new URLSearchParams(query),
      redirect: 'manual',
    });
    const { searchParams } = new URL(back.headers.get('location') ?? '');
    expect(searchParams.get('state')).toBe('s1');
    const exchange = {
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
      code: searchParams.get('code'),
      redirect_uri: query.redirect_uri,
    };
    const { body } = await call('oauth.v2.access', exchange);
    expect(body).toMatchObject({ ok: true, scope: 'chat:write,users:read', team: { id: 'T0FAIRLEAD' } });
    expect((await call('oauth.v2.access', exchange)).body.error).toBe('invalid_code');
    expect((await call('auth.test', {}, String(body.access_token))).body).toMatchObject({
      ok: true,
      team_id: 'T0FAIRLEAD',
    });
  });

  test('rotates: a refresh token is good once', async () => {
    world = await openSlackWorld();
    world.slack.state.tokens.push({
      token: 'xoxe.xoxb-1',
      scopes: ['chat:write'],
      revoked: false,
      expiresAt: Date.now() - 1,
      refreshToken: 'xoxe-1',
    });
    expect((await call('auth.test', {}, 'xoxe.xoxb-1')).body.error).toBe('token_expired');
    const refresh = {
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
      grant_type: 'refresh_token',
      refresh_token: 'xoxe-1',
    };
    const { body } = await call('oauth.v2.access', refresh);
    expect(body).toMatchObject({ ok: true, expires_in: 43_200 });
    expect((await call('auth.test', {}, String(body.access_token))).body.ok).toBe(true);
    expect((await call('oauth.v2.access', refresh)).body.error).toBe('invalid_refresh_token');
  });
});
