import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CookieBrowser, openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';

describe.each(['pglite', 'postgresql'] as const)('an install on %s', (kind) => {
  let database: OwnedDatabase;
  let world: InstallWorld;
  let browser: CookieBrowser;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    world = await openInstallWorld(database.storage);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await database?.storage.close();
    await database?.drop();
  });
  beforeEach(async () => {
    browser = await signedIn();
  });

  const signedIn = async () => {
    const fresh = openBrowserOf(world.url);
    await fresh.get('/');
    return fresh;
  };
  /** Agreed at the vendor: where the browser is sent back to. */
  const agreed = async (by: CookieBrowser, vendor = 'hubspot') => {
    const begun = await by.get(`/oauth/${vendor}/install`);
    const { location } = await by.get(`${begun.location}&approve=1`);
    return location;
  };
  const ended = (location: string) => new URL(location, world.url).search;

  test('serves once', async () => {
    const back = await agreed(browser);
    const kept = new Map(browser.jar);
    expect(ended((await browser.get(back)).location)).toBe('?connected=hubspot');
    for (const [name, value] of kept) browser.jar.set(name, value);
    expect(ended((await browser.get(back)).location)).toBe('?failed=install_expired&vendor=hubspot');
  });

  test('is finished by the browser that began it alone, though another is signed in', async () => {
    const back = await agreed(browser);
    const other = await signedIn();
    expect(ended((await other.get(back)).location)).toBe('?failed=install_expired&vendor=hubspot');
    // Nor by the first one afterwards: whoever tried may have seen the code.
    expect(ended((await browser.get(back)).location)).toBe('?failed=install_expired&vendor=hubspot');
  });

  test('is finished by nobody who is not signed in', async () => {
    const back = await agreed(browser);
    browser.jar.delete('fairlead_session');
    expect(ended((await browser.get(back)).location)).toBe('?failed=install_expired&vendor=hubspot');
  });

  test('is over after ten minutes', async () => {
    const back = await agreed(browser);
    await database.storage.executeSql("update install set expires_at = 'epoch'");
    expect(ended((await browser.get(back)).location)).toBe('?failed=install_expired&vendor=hubspot');
  });

  test('again leaves what people chose of the account, and says anew how it is reached', async () => {
    expect(ended((await browser.get(await agreed(browser))).location)).toBe('?connected=hubspot');
    const settings = async () =>
      (await database.storage.executeSql("select settings from connection where vendor = 'hubspot'")).rows[0];
    await database.storage.executeSql(
      `update connection set settings = '{"admins": ["olga@example.com"], "flow": "of before"}' where vendor = 'hubspot'`,
    );
    expect(ended((await browser.get(await agreed(browser))).location)).toBe('?connected=hubspot');
    expect(await settings()).toEqual({ settings: { admins: ['olga@example.com'] } });
  });

  test('takes no code into a browser that began another install', async () => {
    const attacker = await signedIn();
    const stolen = new URL(await agreed(attacker)).searchParams.get('code') ?? '';
    const begun = new URL((await browser.get('/oauth/hubspot/install')).location);
    const forged = `/oauth/hubspot/callback?code=${stolen}&state=${'x'.repeat(43)}`;
    expect(ended((await browser.get(forged)).location)).toBe('?failed=install_expired&vendor=hubspot');
    // And a state of one vendor is none of another's.
    const foreign = `/oauth/zoho/callback?code=${stolen}&state=${begun.searchParams.get('state')}`;
    await browser.get('/oauth/hubspot/install');
    expect(ended((await browser.get(foreign)).location)).toBe('?failed=install_expired&vendor=zoho');
  });

  test('sends the app’s secret to no host that came back with the browser and is not the vendor’s', async () => {
    const begun = new URL((await browser.get('/oauth/zoho/install')).location);
    const swapped = new URLSearchParams({
      code: 'any',
      state: begun.searchParams.get('state') ?? '',
      'accounts-server': 'https://accounts.zoho.attacker.example',
    });
    const { location } = await browser.get(`/oauth/zoho/callback?${swapped}`);
    expect(ended(location)).toBe('?failed=invalid_settings&vendor=zoho');
  });

  test('that began in a marketplace connects nothing by itself, and is claimed once', async () => {
    const before = await world.connections();
    const { location } = await openBrowserOf(world.url).get(world.marketplaceUrl());
    const visitor = openBrowserOf(world.url);
    expect(ended((await visitor.get(location)).location)).toBe('?parked=1');
    expect(await world.connections()).toEqual(before);
    const claim = (cookies: ReadonlyMap<string, string>, origin = world.url) =>
      fetch(`${world.url}/api/v1/installs/claim`, {
        method: 'POST',
        headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), origin },
      });
    expect((await claim(visitor.jar)).status).toBe(401);
    const both = new Map([...browser.jar, ...visitor.jar]);
    expect((await claim(both, 'https://attacker.example')).status).toBe(403);
    expect((await claim(both)).status).toBe(200);
    expect((await claim(both)).status).toBe(409);
    expect((await world.connections()).map(({ vendor }) => vendor)).toContain('pipedrive');
  });

  test('asks a vendor for no more than some codes a minute that nobody here began', async () => {
    const stranger = openBrowserOf(world.url);
    const ask = async () => (await stranger.get('/oauth/hubspot/callback?code=guessed')).status;
    const asked: number[] = [];
    for (let n = 0; n < 12; n++) asked.push(await ask());
    expect(asked.filter((status) => status === 303)).toHaveLength(10);
    expect(asked.slice(10)).toEqual([429, 429]);
    // Neither what was begun here is held up by that, nor another vendor's marketplace.
    expect(ended((await browser.get(await agreed(browser))).location)).toBe('?connected=hubspot');
    expect((await stranger.get('/oauth/pipedrive/callback?code=guessed')).status).toBe(303);
  });

  test('is begun by no page of another site: who came from one presses first', async () => {
    const cookie = [...browser.jar].map((pair) => pair.join('=')).join('; ');
    const from = async (
      site: string,
      path = '/oauth/salesforce/install?loginUrl=https://evil.my.salesforce.com',
    ) =>
      (
        await fetch(world.url + path, { redirect: 'manual', headers: { cookie, 'sec-fetch-site': site } })
      ).headers.get('location');
    expect(await from('cross-site')).toBe('/connections?connect=salesforce');
    expect(await from('same-site')).toBe('/connections?connect=salesforce');
    // Slack's listing leads here, and goes on to a page that asks.
    expect(await from('cross-site', '/slack/install')).toBe('/oauth/slack/install');
    expect(await from('cross-site', '/oauth/slack/install')).toBe('/connections?connect=slack');
    const here = '/oauth/slack/install';
    for (const site of ['same-origin', 'none'])
      expect(await from(site, here)).toContain('/oauth/v2/authorize?');
    expect((await database.storage.executeSql('select vendor from install')).rows).not.toContainEqual({
      vendor: 'salesforce',
    });
  });

  test('of a vendor there is none of is no way in, and is counted under no name of its own', async () => {
    expect((await browser.get('/oauth/nobody/callback?code=guessed')).status).toBe(400);
  });

  test('begins for who is signed in, and sends others to sign in', async () => {
    const { status, location } = await openBrowserOf(world.url).get('/oauth/hubspot/install');
    expect([status, location]).toEqual([303, `${world.url}/connections?connect=hubspot`]);
  });
});
