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

const at = (vendor: Vendor) =>
  page.locator('.install', { has: page.getByRole('heading', { name: NAMES[vendor] }) });
const agree = () =>
  page.getByRole('button', { name: /^(Connect app|Allow|Accept|Allow and Install)/ }).click();

const connect = async (vendor: Vendor) => {
  if (vendor === 'dynamics') await at(vendor).getByRole('textbox').fill(world.environmentUrl());
  await at(vendor).locator('form').getByRole('button').click();
  await agree();
  await page.getByText(`${NAMES[vendor]} is connected.`).waitFor();
};

test.for(Object.keys(NAMES) as Vendor[])(
  'an administrator connects %s, connects it again, disconnects it, and connects it once more',
  async (vendor) => {
    await page.goto(`${world.url}/connections`);
    await connect(vendor);
    const [first] = await connected(vendor);
    expect(first).toMatchObject({ status: 'active' });
    await connect(vendor);
    expect(await connected(vendor)).toEqual([expect.objectContaining({ id: first?.id, status: 'active' })]);

    const disconnect = at(vendor).getByRole('button', { name: 'Disconnect' });
    await disconnect.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Disconnect .*\?$/ });
    await dialog.getByText('Policies, reps, decisions and ledgers stay').waitFor();
    // Escape is for the question alone: what lies below stays, and has the focus again.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => disconnect.evaluate((element) => element === document.activeElement)).toBe(true);
    await disconnect.click();
    if (process.env.PICTURES && vendor === 'hubspot')
      await page.screenshot({ path: `${process.env.PICTURES}/disconnect.png` });
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.waitFor({ state: 'detached' });
    await at(vendor).getByText('Disconnected').waitFor();
    expect(await connected(vendor)).toEqual([
      expect.objectContaining({ id: first?.id, status: 'disconnected' }),
    ]);
    // Entra alone lets no app take back its permission.
    expect(await at(vendor).getByText('Entra admin center').count()).toBe(vendor === 'dynamics' ? 1 : 0);

    await at(vendor).getByRole('button', { name: 'Connect again' }).click();
    await agree();
    await page.getByText(`${NAMES[vendor]} is connected.`).waitFor();
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

/** Where a listing sends whoever installs from it: nobody of ours has signed in, and there is no state. */
const LISTINGS: Readonly<Partial<Record<Vendor, () => string>>> = {
  hubspot: () => `hubspot/app/oauth/authorize?client_id=${world.sandbox.hubspot.app.clientId}&scope=oauth`,
  zoho: () =>
    `zoho/accounts.com/oauth/v2/auth?client_id=${world.sandbox.zoho.app.clientId}&response_type=code&access_type=offline&prompt=consent&scope=ZohoCRM.modules.ALL,ZohoCRM.org.READ`,
  pipedrive: () => `pipedrive/oauth/authorize?client_id=${world.sandbox.pipedrive.app.clientId}`,
};

test.for(Object.keys(LISTINGS) as Vendor[])(
  'an account of %s from the marketplace waits until somebody who is signed in says that it is theirs',
  async (vendor) => {
    const back = encodeURIComponent(`${world.url}/oauth/${vendor}/callback`);
    await page.goto(`${world.sandbox.url}/${LISTINGS[vendor]!()}&redirect_uri=${back}`);
    await agree();
    const parked = page.getByRole('region', { name: 'From the marketplace' });
    await parked.waitFor();
    if (process.env.PICTURES && vendor === 'hubspot')
      await page.screenshot({ path: `${process.env.PICTURES}/parked.png` });
    await parked.getByRole('button').click();
    await parked.waitFor({ state: 'detached' });
    expect(await connected(vendor)).toHaveLength(1);
  },
);

test('Slack’s listing sends people to an address of ours, from which the install begins', async () => {
  await page.goto(`${world.url}/connections`);
  await page.goto(`${world.url}/slack/install`);
  await agree();
  await page.getByText('Slack is connected.').waitFor();
});

test('what an account did not allow is said, and granted', async () => {
  await page.goto(`${world.url}/connections`);
  await at('hubspot').getByText('working hours and time off kept in HubSpot are not known').waitFor();
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/missing.png` });
  await at('hubspot').getByRole('button', { name: 'Grant' }).click();
  await agree();
  await page.getByText('HubSpot is connected.').waitFor();
  expect(await at('hubspot').getByRole('button', { name: 'Grant' }).count()).toBe(0);
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
