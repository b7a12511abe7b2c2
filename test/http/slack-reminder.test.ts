import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/create-slack-sandbox.ts';
import type { SlackMessage } from '../../sandbox/slack/model.ts';
import { composeService, type Service } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { BOT_SCOPES } from '../../slack/scopes.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { PEOPLE } from '../support/slack-world.ts';
import { API_KEY } from './open-service.ts';

const MINUTE = 60_000;
const TOKEN = 'xoxb-reminders';
const POLICY = {
  fairlead: 1,
  name: 'Offers',
  timezone: 'America/New_York',
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'dana' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT20M', clock: 'elapsed' }],
};

/** Bolt takes no signature older than its own clock: this one only ever runs ahead. */
const START = Date.now();
let at = START;
let database: OwnedDatabase;
let slack: SlackSandbox;
let service: Service;
let fairlead: Server;
let standIn: Server;
const urls = { slack: '', fairlead: '' };

const listen = async (app: Express): Promise<[Server, string]> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
};
const shut = (server: Server): void => {
  server.closeAllConnections();
  server.close();
};

/** The service on the database as it was left, as after a restart. */
const startService = async (): Promise<void> => {
  const config = readConfig({
    LOG_LEVEL: 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    SLACK_SIGNING_SECRET: 'slack-secret',
    SLACK_API_URL: `${urls.slack}/slack/api/`,
  });
  service = await composeService(config, { storage: database.storage, clock: { now: () => at } });
  await service.start();
  [fairlead, urls.fairlead] = await listen(service.app);
};
const stopService = async (): Promise<void> => {
  shut(fairlead);
  await service.stop();
};

const api = (method: 'post' | 'put', path: string, body: unknown) =>
  supertest(service.app)
    [method](path)
    .set('authorization', `Bearer ${API_KEY}`)
    .send(body as object)
    .expect(200);
const control = async (path: string, body: unknown): Promise<unknown> =>
  (
    await fetch(`${urls.slack}/control/slack/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json();

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  slack = createSlackSandbox({
    appUrl: () => urls.fairlead,
    baseUrl: () => `${urls.slack}/slack`,
    signingSecret: 'slack-secret',
    install: { token: TOKEN, scopes: [...BOT_SCOPES] },
    users: PEOPLE,
    now: () => at,
    eventRetries: [],
  });
  [standIn, urls.slack] = await listen(
    express().use('/slack', slack.router).use('/control/slack', slack.control),
  );
  await startService();
  await api('put', '/api/v1/reps', [{ id: 'dana', name: 'Dana', email: 'dana@example.com' }]);
  const { body } = await api('post', '/api/v1/connections', {
    vendor: 'slack',
    externalId: slack.state.team.id,
    name: 'Harbour',
    scopes: [...BOT_SCOPES],
    tokens: { accessToken: TOKEN },
  });
  await api('post', `/api/v1/connections/${body.id}/sync`, {});
  await api('put', '/api/v1/policy', POLICY);
}, 120_000);
afterAll(async () => {
  await stopService();
  slack.close();
  shut(standIn);
  await database.storage.close();
  await database.drop();
});

const messages = (): readonly SlackMessage[] => slack.state.messages;
const home = (): string =>
  JSON.stringify(slack.state.views.find(({ type, user }) => type === 'home' && user === 'U1') ?? null);
const restartAt = async (instant: number): Promise<void> => {
  await stopService();
  at = instant;
  await startService();
};

test('a reminder planned before a restart is sent once after it, and goes with the claim; the Home follows', async () => {
  await control('home', { user: 'U1' });
  await expect.poll(home).toContain('Nothing waits for your answer.');
  await api('post', '/api/v1/leads', { fields: {}, person: { name: 'Ada Lovelace' } });
  await expect.poll(() => messages().length, { timeout: 15_000 }).toBe(1);
  // The card's arrival starts the clock, and is drawn on it.
  await expect.poll(() => JSON.stringify(messages()), { timeout: 15_000 }).toContain('Claim by');

  await restartAt(START + 14 * MINUTE);
  await expect.poll(home, { timeout: 15_000 }).toContain('Open offers (1)');
  expect(messages()).toHaveLength(1);

  await restartAt(START + 15 * MINUTE);
  await expect.poll(() => messages().length, { timeout: 15_000 }).toBe(2);
  const reminder = messages()[1]!;
  expect(reminder.text).toContain('Ada Lovelace');

  await restartAt(START + 16 * MINUTE);
  await control('press', { user: 'U1', channel: reminder.channel, ts: reminder.ts, actionId: 'lead_claim' });
  await expect.poll(() => messages().length, { timeout: 15_000 }).toBe(1);
  expect(JSON.stringify(messages())).toContain('This lead is yours.');
  at += 2_000;
  await expect.poll(home, { timeout: 15_000 }).toContain('Your leads (1)');
}, 120_000);

test('going away in Slack holds for the next lead, and the decision says so', async () => {
  await control('command', { user: 'U1', command: '/leads away 2h' });
  await expect.poll(() => messages().at(-1)?.text, { timeout: 15_000 }).toContain('You are away until');
  const { body } = await supertest(service.app)
    .get('/api/v1/overview')
    .set('authorization', `Bearer ${API_KEY}`)
    .expect(200);
  expect(body.pools[0].members).toMatchObject([{ rep: { id: 'dana' }, availability: 'time_off' }]);
});
