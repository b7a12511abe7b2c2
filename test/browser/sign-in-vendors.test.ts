import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';
import { addElsewhere, VENDOR_SIGN_INS, type VendorAccount } from '../support/vendor-sign-ins.ts';

let browser: Browser;
let database: OwnedDatabase;
let world: InstallWorld;
let context: BrowserContext | undefined;

beforeAll(async () => {
  browser = await openBrowser();
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage, { settings: { CONSOLE_LOCAL_SIGN_IN: 'off' } });
  addElsewhere(world.sandbox);
}, 120_000);
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

/** A browser of somebody who was never here. */
const somebody = async (viewport = { width: 1280, height: 900 }): Promise<Page> => {
  context = await browser.newContext({ viewport });
  return context.newPage();
};
const connect = ({ vendor, externalId, settings }: VendorAccount) =>
  database.storage.executeSql(
    `insert into connection (id, tenant_id, vendor, external_id, name, settings)
     values ($1, (select id from tenant limit 1), $2, $3, $2, $4)`,
    [`con_${vendor}`, vendor, externalId, JSON.stringify(settings)],
  );
const picture = async (page: Page, name: string): Promise<void> => {
  if (!process.env.PICTURES) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${colorScheme}.png`, fullPage: true });
  }
};
const failed = (page: Page) => page.getByRole('alert');

test.for(VENDOR_SIGN_INS)(
  'an auditor signs in with $name, once their account is connected',
  { timeout: 120_000 },
  async (way) => {
    const page = await somebody();
    await page.goto(world.url);
    const signIn = async () => {
      await page.getByRole('link', { name: `Sign in with ${way.name}` }).click();
      await picture(page, `vendor-${way.provider}`);
      await page.getByRole('link', { name: way.linkTo('Ben Ode'), exact: true }).click();
    };
    await signIn();
    await failed(page).getByText('No workspace here knows you').waitFor();

    await connect(way.account(world.sandbox));
    const reply = await world.api('PUT', '/api/v1/people/admission', { role: 'auditor' });
    expect(reply.status).toBe(200);
    await signIn();
    await page.getByRole('button', { name: 'Signed in as Ben Ode' }).waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).waitFor();
    await page.getByRole('button', { name: 'Signed in as Ben Ode' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByText('You are not signed in').waitFor();
  },
);

test('who agrees at HubSpot signs in with the account', { timeout: 120_000 }, async () => {
  const externalId = String([...world.sandbox.hubspot.portals.keys()][0]);
  await connect({ vendor: 'hubspot', externalId, settings: {} });
  const page = await somebody();
  await page.goto(world.url);
  await page.getByRole('link', { name: 'Sign in with HubSpot' }).click();
  await page.getByRole('button', { name: 'Connect app' }).click();
  await page.getByRole('button', { name: /^Signed in as / }).waitFor();
});

test('who cancels at the vendor, or is of another account, reads why they are not in', {
  timeout: 120_000,
}, async () => {
  const page = await somebody();
  await page.goto(world.url);
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await failed(page).getByText('it was declined at their page').waitFor();
  await page.getByRole('link', { name: 'Sign in with Microsoft' }).click();
  await page.getByRole('link', { name: 'Anna Quist, Elsewhere' }).click();
  await failed(page).getByText('No workspace here knows you').waitFor();
});

test.for([1280, 360])('the page names each way whose app is set up, %i wide', async (width) => {
  const page = await somebody({ width, height: 780 });
  await page.goto(`${world.url}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with HubSpot' }).waitFor();
  expect(await page.getByRole('link', { name: /^Sign in with / }).allTextContents()).toEqual(
    ['Slack', 'Salesforce', 'Microsoft', 'HubSpot'].map((name) => `Sign in with ${name}`),
  );
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset.mantineColorScheme === scheme,
      colorScheme,
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await picture(page, `sign-in-${width}`);
  await page.goto(`${world.url}/sign-in?failed=waiting`);
  await failed(page).waitFor();
  await picture(page, `sign-in-waiting-${width}`);
});
