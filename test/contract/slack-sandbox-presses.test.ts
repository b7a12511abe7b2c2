import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signBody } from '../../sandbox/slack/app-link.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/create-slack-sandbox.ts';
import { PEOPLE } from '../support/slack-world.ts';

interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly payload: Readonly<Record<string, string>>;
}

let now: number;
let received: Received[];
let answer: (reply: ServerResponse) => void;
let slack: SlackSandbox;
let servers: Server[];
let slackUrl: string;

const listen = async (server: Server): Promise<string> => {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** An app that writes down what Slack sends it and answers as the test says. */
const app = createServerOf(async (raw, headers, reply) => {
  const payload = JSON.parse(raw.startsWith('{') ? raw : (new URLSearchParams(raw).get('payload') ?? '{}'));
  received.push({ raw, headers, payload });
  answer(reply);
});

function createServerOf(
  handle: (raw: string, headers: Record<string, string>, reply: ServerResponse) => Promise<void>,
): () => Server {
  return () =>
    createServer(async (request, reply) => {
      const chunks = await request.toArray();
      await handle(Buffer.concat(chunks).toString(), request.headers as Record<string, string>, reply);
    });
}

const post = async (
  path: string,
  body: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer xoxb-test' };
  const reply = await fetch(`${slackUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await reply.text();
  return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : { text } };
};

beforeEach(async () => {
  now = Date.now();
  received = [];
  servers = [];
  answer = (reply) => reply.end();
  const appUrl = await listen(app());
  const urls = { slack: '' };
  slack = createSlackSandbox({
    appUrl: () => appUrl,
    baseUrl: () => `${urls.slack}/slack`,
    signingSecret: 's3',
    install: { token: 'xoxb-test', scopes: ['chat:write'] },
    users: PEOPLE,
    now: () => now,
    eventRetries: [0, 0, 0],
  });
  slackUrl = await listen(
    createServer(express().use('/slack', slack.router).use('/control/slack', slack.control)),
  );
  urls.slack = slackUrl;
});
afterEach(async () => {
  slack.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const button = { type: 'button', text: { type: 'plain_text', text: 'Go' }, action_id: 'go', value: 'v1' };

const press = async (): Promise<Record<string, unknown>> => {
  const { body } = await post('/slack/api/chat.postMessage', {
    channel: 'U1',
    text: 'x',
    blocks: [{ type: 'actions', elements: [button] }],
  });
  return (
    await post('/control/slack/press', { user: 'U1', channel: body.channel, ts: body.ts, actionId: 'go' })
  ).body;
};

test('a press arrives signed, with the message, a trigger and a response_url', async () => {
  expect(await press()).toMatchObject({ ok: true, status: 200, shown: null });
  const [one] = received;
  const at = Number(one?.headers['x-slack-request-timestamp']);
  expect(one?.headers['x-slack-signature']).toBe(signBody('s3', at, one?.raw ?? ''));
  expect(one?.payload).toMatchObject({
    type: 'block_actions',
    user: { id: 'U1' },
    team: { id: 'T0FAIRLEAD' },
    actions: [{ action_id: 'go', value: 'v1', block_id: 'b0' }],
  });
});

test('a press the app refuses, or does not answer in three seconds, shows its failure', async () => {
  answer = (reply) => reply.writeHead(500).end();
  expect(await press()).toMatchObject({
    ok: false,
    status: 500,
    shown: 'Fairlead failed with the error "http_error"',
  });
  answer = () => undefined;
  expect(await press()).toMatchObject({
    ok: false,
    status: null,
    shown: 'Fairlead failed with the error "operation_timeout"',
  });
});

const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [{ type: 'divider' }] };
const open = async (trigger_id: string | undefined) =>
  (await post('/slack/api/views.open', { trigger_id, view })).body.error ?? 'opened';

test('a trigger opens one modal, within three seconds', async () => {
  await press();
  expect(await open(received[0]?.payload.trigger_id)).toBe('opened');
  expect(await open(received[0]?.payload.trigger_id)).toBe('exchanged_trigger_id');
  await press();
  now += 3001;
  expect(await open(received[1]?.payload.trigger_id)).toBe('expired_trigger_id');
});

test('a response_url takes five answers within half an hour', async () => {
  await press();
  const path = new URL(received[0]?.payload.response_url ?? '').pathname;
  for (let i = 0; i < 5; i++) expect((await post(path, { text: `answer ${i}` })).status).toBe(200);
  expect(await post(path, { text: 'one more' })).toEqual({
    status: 404,
    body: { ok: false, error: 'used_url' },
  });
  expect(slack.state.messages.filter((one) => one.ephemeralTo === 'U1')).toHaveLength(5);
  await press();
  now += 30 * 60_000 + 1;
  const late = new URL(received[1]?.payload.response_url ?? '').pathname;
  expect(await post(late, { text: 'late' })).toEqual({
    status: 404,
    body: { ok: false, error: 'expired_url' },
  });
});

test('an event that is not taken comes again three times and says why; x-slack-no-retry ends it', async () => {
  answer = (reply) => reply.writeHead(503).end();
  expect((await post('/control/slack/events', { type: 'app_uninstalled' })).body).toEqual({ ok: false });
  expect(received.map((one) => one.headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
  expect(received[1]?.headers['x-slack-retry-reason']).toBe('http_error');
  expect(new Set(received.map((one) => one.payload.event_id)).size).toBe(1);
  received = [];
  answer = (reply) => reply.writeHead(500, { 'x-slack-no-retry': '1' }).end();
  await post('/control/slack/events', { type: 'app_uninstalled' });
  expect(received).toHaveLength(1);
});
