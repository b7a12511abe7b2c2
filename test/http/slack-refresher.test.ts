import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createSlackRefresher } from '../../slack/refresher.ts';

const APP = { clientId: 'slack-client', clientSecret: 'slack-secret' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0, slack: { credentials: APP } });
});
afterAll(() => sandbox?.close());

const refresher = (app = APP) => createSlackRefresher({ ...app, apiUrl: `${sandbox.url}/slack/api/` });
const connection = {} as never;

test('a refresh token serves once, and the one that came with it next', async () => {
  const { state } = sandbox.slack;
  state.tokens.push({
    token: 'xoxe.xoxb-1',
    scopes: ['chat:write'],
    revoked: false,
    expiresAt: Date.now(),
    refreshToken: 'xoxe-1',
  });
  const first = await refresher().refresh('xoxe-1', connection);
  expect(first).toMatchObject({ ok: true, expiresInMs: 12 * 3_600_000 });
  expect(await refresher().refresh('xoxe-1', connection)).toEqual({ ok: false, code: 'invalid_grant' });
  const next = (first as { readonly refreshToken: string }).refreshToken;
  expect(await refresher().refresh(next, connection)).toMatchObject({ ok: true });
});

test('a slip of Slack’s or of ours disconnects nobody', async () => {
  const wrong = refresher({ ...APP, clientSecret: 'wrong' });
  await expect(wrong.refresh('xoxe-2', connection)).rejects.toMatchObject({
    code: 'vendor_unavailable',
    retryable: true,
  });
  const away = createSlackRefresher({ ...APP, apiUrl: 'http://127.0.0.1:9/api/' });
  await expect(away.refresh('xoxe-2', connection)).rejects.toMatchObject({ retryable: true });
});
