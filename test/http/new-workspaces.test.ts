import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CookieBrowser, openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';
import { addElsewhere, VENDOR_SIGN_INS } from '../support/vendor-sign-ins.ts';

const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';
const SLACK = VENDOR_SIGN_INS.find(({ provider }) => provider === 'slack')!;

const openWorld = (database: OwnedDatabase, newWorkspaces: 'on' | 'off') =>
  openInstallWorld(database.storage, {
    settings: { NEW_WORKSPACES: newWorkspaces, CONSOLE_LOCAL_SIGN_IN: 'off', LIMIT_INSTALLS: '10000' },
  });

/** Signed in with Slack: where the browser ends. */
const signIn = async (world: InstallWorld, browser: CookieBrowser, query: string, email = ANNA) => {
  const { location: page } = await browser.get(`/oauth/slack/sign-in${query}`);
  const back = await browser.get(`${page}${SLACK.press(world.sandbox, email, 'here')}`);
  return (await browser.get(back.location)).location.replace(world.url, '');
};

describe.each(['pglite', 'postgresql'] as const)('a workspace of one’s own, on %s', (kind) => {
  let database: OwnedDatabase;
  let world: InstallWorld;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    world = await openWorld(database, 'on');
    addElsewhere(world.sandbox);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await database?.storage.close();
    await database?.drop();
  });
  beforeEach(async () => {
    for (const table of ['person', 'invitation', 'connection']) await sql(`delete from ${table}`);
    await sql("delete from tenant where id <> 'ten_first'");
  });

  const sql = async (text: string) =>
    (await database.storage.executeSql(text)).rows as Record<string, unknown>[];
  const as = (browser: CookieBrowser, path: string, method = 'GET') =>
    fetch(world.url + path, {
      method,
      headers: { cookie: [...browser.jar].map((pair) => pair.join('=')).join('; '), origin: world.url },
    });

  test('whoever installed from a marketplace and is known to nobody begins one, and the account is theirs', async () => {
    const stranger = openBrowserOf(world.url);
    const { location } = await stranger.get(world.marketplaceUrl());
    await stranger.get(location);
    expect(await signIn(world, stranger, '?return=/connections')).toBe(
      '/sign-in?failed=no_workspace&return=%2Fconnections',
    );
    expect(await signIn(world, stranger, '?return=/connections&begin=1')).toBe('/connections');
    expect(await (await as(stranger, '/api/v1/me')).json()).toMatchObject({ role: 'owner' });
    expect((await as(stranger, '/api/v1/installs/claim', 'POST')).status).toBe(200);
    const theirs = (await (await as(stranger, '/api/v1/connections')).json()) as { vendor: string }[];
    expect(theirs.map(({ vendor }) => vendor)).toEqual(['pipedrive']);
    // It is a workspace like the first, which sees nothing of it.
    expect((await as(stranger, '/api/v1/overview')).status).toBe(200);
    expect(await world.connections()).toEqual([]);
    const { lines } = (await (await as(stranger, '/api/v1/audit')).json()) as {
      lines: { action: string }[];
    };
    expect(lines.map(({ action }) => action)).toContain('workspace.begun');
    // The next time they are known, however they come.
    expect(await signIn(world, openBrowserOf(world.url), '?begin=1')).toBe('/');
    expect(await sql('select name from tenant order by created_at')).toEqual([
      { name: 'My company' },
      { name: 'Anna Quist' },
    ]);
  });

  test('is not begun by whom an account leads to a workspace: its owner lets them in', async () => {
    await signIn(world, openBrowserOf(world.url), '?begin=1');
    await sql(`insert into connection (id, tenant_id, vendor, external_id, name)
      select 'con_s', id, 'slack', '${SLACK.account(world.sandbox).externalId}', 'Harbour' from tenant where id <> 'ten_first'`);
    expect(await signIn(world, openBrowserOf(world.url), '?begin=1', BEN)).toBe('/sign-in?failed=waiting');
    expect(await sql('select count(*)::int as n from tenant')).toEqual([{ n: 2 }]);
  });

  test('is begun from no other site’s page', async () => {
    const from = (site: string) =>
      fetch(`${world.url}/oauth/slack/sign-in?begin=1`, {
        redirect: 'manual',
        headers: { 'sec-fetch-site': site },
      });
    expect((await from('cross-site')).status).toBe(403);
    expect((await from('same-origin')).status).toBe(302);
  });

  test('takes no account on its own word: tokens may be of one account and the name of another', async () => {
    const reply = await world.api('POST', '/api/v1/connections', {
      vendor: 'hubspot',
      externalId: '1',
      name: 'Harbour',
      scopes: [],
      tokens: { refreshToken: 'any' },
    });
    expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(JSON.stringify(reply.body)).toContain('Connect the account in the console');
  });

  test('is offered where it is switched on, and else begun by nobody', async () => {
    const ways = async (url: string) =>
      ((await (await fetch(`${url}/oauth/sign-in`)).json()) as { newWorkspaces: boolean }).newWorkspaces;
    expect(await ways(world.url)).toBe(true);
    const closed = await openWorld(database, 'off');
    addElsewhere(closed.sandbox);
    try {
      expect(await ways(closed.url)).toBe(false);
      expect(await signIn(closed, openBrowserOf(closed.url), '?begin=1')).toBe(
        '/sign-in?failed=no_workspace',
      );
    } finally {
      await closed.close();
    }
    expect(await sql('select id from tenant')).toEqual([{ id: 'ten_first' }]);
  });
});
