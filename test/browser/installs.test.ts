import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase, type TestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';

let browser: Browser;
let database: TestDatabase & { readonly drop: () => Promise<void> };
let world: InstallWorld;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
});
afterEach(() => context?.close());

const NAMES = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  dynamics: 'Dynamics 365',
  zoho: 'Zoho CRM',
  pipedrive: 'Pipedrive',
  slack: 'Slack',
} as const;
type Vendor = keyof typeof NAMES;

const connected = async (vendor: Vendor) =>
  (await world.connections()).filter((one) => one.vendor === vendor);

const connect = async (vendor: Vendor) => {
  const account = page.locator('.install', { has: page.getByRole('heading', { name: NAMES[vendor] }) });
  if (vendor === 'dynamics') await account.getByRole('textbox').fill(world.environmentUrl());
  await account.getByRole('button').click();
  await page.getByRole('button', { name: /^(Connect app|Allow|Accept|Allow and Install)/ }).click();
  await page.getByText(`${NAMES[vendor]} is connected.`).waitFor();
};

test.for(Object.keys(NAMES) as Vendor[])(
  'an administrator connects %s, and connects it again',
  async (vendor) => {
    await page.goto(`${world.url}/connections`);
    await connect(vendor);
    const [first] = await connected(vendor);
    expect(first).toMatchObject({ status: 'active' });
    await connect(vendor);
    expect(await connected(vendor)).toEqual([expect.objectContaining({ id: first?.id, status: 'active' })]);
  },
);

test('what is declined at the vendor connects nothing, and says so', async () => {
  await page.goto(`${world.url}/connections`);
  const before = await world.connections();
  await page.goto(`${world.url}/oauth/salesforce/install`);
  await page.getByRole('link', { name: 'Deny' }).click();
  await page.getByText('it was declined at their page').waitFor();
  expect(await world.connections()).toEqual(before);
});

test('an environment that is none is told before anybody is sent anywhere', async () => {
  await page.goto(`${world.url}/connections`);
  await page.goto(
    `${world.url}/oauth/dynamics/install?url=${encodeURIComponent(`${world.sandbox.url}/nowhere`)}`,
  );
  expect(new URL(page.url()).pathname).toBe('/connections');
  await page.getByText('Dynamics 365 was not connected').waitFor();
});

test('an account from a marketplace waits until somebody who is signed in says that it is theirs', async () => {
  const consent = `${world.sandbox.url}/hubspot/app/oauth/authorize?${new URLSearchParams({
    client_id: world.sandbox.hubspot.app.clientId,
    scope: 'oauth crm.objects.contacts.read',
    redirect_uri: `${world.url}/oauth/hubspot/callback`,
  })}`;
  await page.goto(consent);
  await page.getByRole('button', { name: 'Connect app' }).click();
  const parked = page.getByRole('region', { name: 'From the marketplace' });
  await parked.waitFor();
  await parked.getByRole('button').click();
  await parked.waitFor({ state: 'detached' });
  expect(await connected('hubspot')).toHaveLength(1);
});

test.for(['light', 'dark'] as const)('axe finds nothing to mend, %s', async (colorScheme) => {
  const lenient = await browser.newContext({ bypassCSP: true, colorScheme });
  const seen = await lenient.newPage();
  await seen.goto(`${world.url}/connections?failed=install_declined&vendor=zoho`);
  await seen.getByRole('heading', { name: 'Pipedrive' }).waitFor();
  if (process.env.PICTURES)
    await seen.screenshot({ path: `${process.env.PICTURES}/connections-${colorScheme}.png` });
  expect(await accessibilityProblems(seen)).toEqual([]);
  await lenient.close();
});
