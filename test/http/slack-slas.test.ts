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
const NAMES: Readonly<Record<string, string>> = { dana: 'Dana', sam: 'Sam', jo: 'Jo' };
const REPS = Object.entries(NAMES).map(([id, name]) => ({
  id,
  name,
  email: `${id}@example.com`,
  ...(id !== 'jo' && { manager: 'jo' }),
}));
/** Their Slack users. */
const USERS: Record<string, string> = { dana: 'U1', sam: 'U2', jo: 'U3' };
const TOKEN = 'xoxb-slas';
const POLICY = {
  fairlead: 1,
  name: 'First touch',
  timezone: 'America/New_York',
  fields: { country: { type: 'text' } },
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'dana' }, { rep: 'sam' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  slas: [
    {
      id: 'first-touch',
      name: 'First touch',
      within: 'PT5M',
      clock: 'elapsed',
      until: 'first_activity',
      steps: [
        { after: 'PT3M', notify: 'rep' },
        { after: 'PT5M', notify: 'manager' },
        { after: 'PT15M', do: 'reassign' },
      ],
    },
  ],
  rules: [
    {
      id: 'us',
      when: { field: 'country', op: 'eq', value: 'US' },
      sla: 'first-touch',
      then: [{ pool: 'all' }],
    },
  ],
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
  await api('put', '/api/v1/reps', REPS);
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
const textsTo = (user: string): readonly string[] => {
  const channels = slack.state.channels
    .filter(({ kind, members }) => kind === 'im' && members.includes(user))
    .map(({ id }) => id);
  return messages().flatMap(({ channel, text }) => (channels.includes(channel) ? [text] : []));
};
const get = async (path: string): Promise<Record<string, unknown>> => {
  const request = supertest(service.app).get(path).set('authorization', `Bearer ${API_KEY}`);
  return (await request.expect(200)).body;
};
const restartAt = async (instant: number): Promise<void> => {
  await stopService();
  at = instant;
  await startService();
};

test('an SLA tells the rep, then their manager, and gives the lead on; a restart in between changes nothing', async () => {
  const { body: decision } = await api('post', '/api/v1/leads', {
    fields: { country: 'US' },
    person: { name: 'Ada Lovelace', company: 'Analytical Engines' },
  });
  const [first, second] = decision.rep.id === 'dana' ? ['dana', 'sam'] : ['sam', 'dana'];
  await expect.poll(() => textsTo(USERS[first]!).length, { timeout: 15_000 }).toBe(1);

  await restartAt(START + 3 * MINUTE);
  await expect.poll(() => textsTo(USERS[first]!).length, { timeout: 15_000 }).toBe(2);
  expect(textsTo(USERS[first]!)[1]).toMatch(/^Ada Lovelace, Analytical Engines: First touch is due /);
  expect(textsTo(USERS.jo!)).toEqual([]);

  await restartAt(START + 5 * MINUTE);
  await expect.poll(() => textsTo(USERS.jo!).length, { timeout: 15_000 }).toBe(1);
  expect(JSON.stringify(messages().at(-1)!.blocks)).toContain('has not been worked on');
  expect(await get('/api/v1/overview')).toMatchObject({
    slas: { running: 1, overdue: 1, metToday: 0, missedToday: 1, metPercent: 0 },
  });

  await restartAt(START + 15 * MINUTE);
  const about = `/api/v1/decisions/${decision.id}/explanation`;
  const story = async () => ((await get(about)).story as { text: string }[]).map(({ text }) => text);
  await expect
    .poll(async () => (await story()).at(-1), { timeout: 15_000 })
    .toBe(`Assigned to ${NAMES[second]}.`);
  await expect.poll(() => textsTo(USERS[second]!).length, { timeout: 15_000 }).toBe(1);
  expect((await story()).slice(1)).toEqual([
    expect.stringMatching(/^First touch was due .* and is missed\.$/),
    `First touch was missed: it is taken from ${NAMES[first]} and given to somebody else.`,
    `Assigned to ${NAMES[second]}.`,
  ]);
  expect((await get(about)).slas).toMatchObject([
    { state: 'running', reps: [{ id: second }] },
    { state: 'missed', reps: [{ id: first }] },
  ]);
  expect([textsTo(USERS[first]!).length, textsTo(USERS.jo!).length]).toEqual([2, 1]);
}, 120_000);
