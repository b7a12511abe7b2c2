/**
 * Slack's install against a partner that is not ours: the npm package `emulate`. It knows neither `apps.uninstall` nor
 * rotation, so that leaving it is tried again and again.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase, type TestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';

const APP = { client_id: 'emulated-client', client_secret: 'emulated-secret' };

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

let browser: Browser;
let emulator: Emulator;
let database: TestDatabase & { readonly drop: () => Promise<void> };
let world: InstallWorld;

beforeAll(async () => {
  browser = await openBrowser();
  database = await openTestDatabase('pglite');
  const port = await freePort();
  world = await openInstallWorld(database.storage, {
    settings: {
      SLACK_CLIENT_ID: APP.client_id,
      SLACK_CLIENT_SECRET: APP.client_secret,
      SLACK_API_URL: `http://localhost:${port}/api/`,
    },
  });
  const redirect_uris = [`${world.url}/slack/oauth_redirect`];
  emulator = await createEmulator({
    service: 'slack',
    port,
    seed: {
      slack: {
        team: { name: 'Harbour', domain: 'harbour' },
        users: [{ name: 'anna', real_name: 'Anna Quist', email: 'anna@example.com' }],
        oauth_apps: [{ ...APP, app_id: 'A0FAIRLEAD', name: 'Fairlead', redirect_uris }],
      },
    },
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await emulator?.close();
  await database?.storage.close();
  await database?.drop();
});

test('installs, finds people by their address, installs again and is left, as another’s stand-in has it', {
  timeout: 60_000,
}, async () => {
  await world.api('PUT', '/api/v1/reps', [{ id: 'anna', name: 'Anna', email: 'anna@example.com' }]);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${world.url}/connections`);
  const install = async () => {
    await page.goto(`${world.url}/slack/install`);
    await page.getByRole('button', { name: /anna/i }).click();
    await page.getByText('Slack is connected.').waitFor();
    const [found] = await world.connections();
    return found!;
  };
  const first = await install();
  expect(first).toMatchObject({ vendor: 'slack', status: 'active', externalId: expect.stringMatching(/^T/) });
  expect((await world.api('POST', `/api/v1/connections/${first.id}/sync`)).body).toMatchObject({
    people: 1,
    matched: 1,
  });
  expect(await install()).toEqual(first);

  const { body } = await world.api('DELETE', `/api/v1/connections/${first.id}`);
  expect(body).toMatchObject({ status: 'disconnected', left: [{ step: 'permission' }] });
  expect(await install()).toEqual(first);
  await context.close();
});
