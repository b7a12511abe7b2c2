import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { createSlackSandbox } from '../../sandbox/slack/create-slack-sandbox.ts';
import { composeService, type Service } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { BOT_SCOPES } from '../../slack/scopes.ts';
import { API_KEY } from '../http/open-service.ts';
import { openTestDatabase } from './databases.ts';
import { PEOPLE } from './slack-world.ts';

const TOKEN = 'xoxb-restarting';

const listen = async (app: Express): Promise<[Server, string]> => {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
};
const shut = (server: Server): void => {
  server.closeAllConnections();
  server.close();
};

/** Fairlead beside the Slack stand-in, on a clock that is moved by hand; stopped and started again on what it stored. */
export const openRestartingService = async (set: { readonly reps: unknown; readonly policy: unknown }) => {
  // Bolt takes no signature older than its own clock: this one only ever runs ahead.
  const start = Date.now();
  let at = start;
  const urls = { slack: '', fairlead: '' };
  const database = await openTestDatabase('pglite');
  const slack = createSlackSandbox({
    appUrl: () => urls.fairlead,
    baseUrl: () => `${urls.slack}/slack`,
    signingSecret: 'slack-secret',
    install: { token: TOKEN, scopes: [...BOT_SCOPES] },
    users: PEOPLE,
    now: () => at,
    eventRetries: [],
  });
  const [standIn, slackUrl] = await listen(
    express().use('/slack', slack.router).use('/control/slack', slack.control),
  );
  urls.slack = slackUrl;

  const run = async (): Promise<readonly [Service, Server]> => {
    const config = readConfig({
      LOG_LEVEL: 'silent',
      BOOTSTRAP_API_KEY: API_KEY,
      SLACK_SIGNING_SECRET: 'slack-secret',
      SLACK_API_URL: `${urls.slack}/slack/api/`,
    });
    const service = await composeService(config, { storage: database.storage, clock: { now: () => at } });
    await service.start();
    const [server, url] = await listen(service.app);
    urls.fairlead = url;
    return [service, server];
  };
  let running = await run();
  const stop = async (): Promise<void> => {
    const [service, server] = running;
    shut(server);
    await service.stop();
  };

  const api = (method: 'get' | 'post' | 'put', path: string, body?: unknown) => {
    const request = supertest(running[0].app)[method](path).set('authorization', `Bearer ${API_KEY}`);
    return (body === undefined ? request : request.send(body as object)).expect(200);
  };
  await api('put', '/api/v1/reps', set.reps);
  const { body } = await api('post', '/api/v1/connections', {
    vendor: 'slack',
    externalId: slack.state.team.id,
    name: 'Harbour',
    scopes: [...BOT_SCOPES],
    tokens: { accessToken: TOKEN },
  });
  await api('post', `/api/v1/connections/${body.id}/sync`, {});
  await api('put', '/api/v1/policy', set.policy);

  return {
    slack,
    api,
    messages: () => slack.state.messages,
    /** What a person does in Slack, through the stand-in. */
    control: async (path: string, asked: unknown): Promise<unknown> =>
      (
        await fetch(`${urls.slack}/control/slack/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(asked),
        })
      ).json(),
    pass: (ms: number): void => {
      at += ms;
    },
    /** Stops the process and starts another, so many milliseconds after the beginning. */
    restartAt: async (ms: number): Promise<void> => {
      await stop();
      at = start + ms;
      running = await run();
    },
    close: async (): Promise<void> => {
      await stop();
      slack.close();
      shut(standIn);
      await database.storage.close();
      await database.drop();
    },
  };
};

export type RestartingService = Awaited<ReturnType<typeof openRestartingService>>;
