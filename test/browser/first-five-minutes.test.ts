import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ComparisonView } from '../../server/assignments/first-steps/read-comparison.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase, type TestDatabase } from '../support/databases.ts';
import { type FirstStepsWorld, openFirstStepsWorld } from '../support/first-steps-world.ts';
import { until } from '../support/until.ts';

let browser: Browser;
let database: TestDatabase & { readonly drop: () => Promise<void> };
let world: FirstStepsWorld;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  database = await openTestDatabase('pglite');
  world = await openFirstStepsWorld(database.storage);
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

let clicks = 0;
const press = async (name: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name }).click();
  clicks++;
};

/** Looks at the page in both colour schemes; with PICTURES set, keeps what it saw. */
const look = async (name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset.mantineColorScheme === scheme,
      colorScheme,
    );
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${name}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

interface Lead {
  readonly outcome: string;
  readonly logOnly: boolean;
  readonly written: string;
  readonly rep: { readonly name: string } | null;
}
const decisions = async () =>
  (await world.call<{ readonly items: readonly Lead[] }>('GET', '/api/v1/decisions?limit=50')).items;

test('from an empty workspace to a lead that Fairlead gives', { timeout: 180_000 }, async () => {
  await page.goto(world.url);
  await page.getByRole('heading', { name: 'Getting started' }).waitFor();
  await page.getByRole('button', { name: 'Connect HubSpot' }).waitFor();
  expect(await page.locator('.step-card').count()).toBe(1);
  await look('start-1-empty');

  const begun = performance.now();
  await press('Connect HubSpot');
  await press('Connect app');
  await page.getByText('HubSpot is connected.').waitFor();
  await page.getByRole('checkbox', { name: /Dana Whitfield/ }).waitFor();
  expect(await page.getByRole('checkbox', { name: /ops@harbour/ }).isChecked()).toBe(false);
  await look('start-2-people');
  await press('Test HubSpot');
  await page.getByText('HubSpot answers: 13 people can own leads.').waitFor();
  await press('These 12 take leads');

  await page.getByRole('checkbox', { name: /German desk/ }).waitFor();
  // The button is gone, and the focus is not: it is on what comes next.
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-current'));
  await expect.poll(focused).toBe('step');
  await look('start-3-teams');
  await press('Propose a policy');
  await page.getByText('2 rules are guesses').waitFor();
  await look('start-4-policy');
  await press('Publish for the log only');
  await page.getByText('Waiting for the next new lead').waitFor();
  await look('start-5-waiting');

  await world.arrive();
  await page.getByText('1 lead', { exact: true }).waitFor();
  const seconds = (performance.now() - begun) / 1000;
  console.log(`first lead compared after ${clicks} clicks and ${seconds.toFixed(1)} s`);
  for (let n = 0; n < 30; n++) await world.arrive();
  const compared = () => world.call<ComparisonView>('GET', '/api/v1/comparison');
  await until('the leads are compared', async () => (await compared()).both >= 25);
  const { takers, pools } = await compared();
  expect(takers.filter(({ theirs }) => theirs > 0)).toHaveLength(5);
  expect(takers.filter(({ ours }) => ours > 0).length).toBeGreaterThan(5);
  // Fairlead keeps to the shares of every pool, and the rotation that knows no pools does not.
  const shares = pools.flatMap((pool) => pool.shares ?? []);
  for (const { leads, members, outside, nobody, ours } of shares) {
    expect(Math.abs(ours.by)).toBeLessThan(1.5);
    expect(members.reduce((sum, { owed }) => sum + owed, 0)).toBeCloseTo(leads, 4);
    expect(members.reduce((sum, { theirs }) => sum + theirs, outside + nobody)).toBe(leads);
  }
  expect(Math.max(...shares.map(({ theirs }) => Math.abs(theirs.by)))).toBeGreaterThan(1.5);

  await press('Connect Slack');
  await press(/^(Allow|Accept)/);
  await page.getByText('Slack is connected.').waitFor();
  await page.getByText('reaches 11 of 12 reps').waitFor();
  await press('Test Slack');
  await page.getByText('Slack answers as').waitFor();
  await page.getByRole('textbox', { name: 'Your e-mail address in Slack' }).fill('dana@harbour.example');
  await press('Send me a message');
  await page.getByText('A message is with Dana Whitfield').waitFor();
  await look('start-6-compared');

  await press('See the comparison');
  await page.getByRole('heading', { name: 'Who gets how many' }).waitFor();
  await page.getByText('each with its final owner').or(page.getByText('still looked at')).waitFor();
  await page.getByRole('heading', { name: 'Each pool against the shares it owes' }).waitFor();
  await look('compare');
  expect((await decisions()).every(({ logOnly, written }) => logOnly && written === 'none')).toBe(true);

  world.stopRotation();
  await press('Go live…');
  await page.getByText('Fairlead writes the owner to your CRM').waitFor();
  await look('go-live');
  await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
  await page.getByText('Fairlead is live.').waitFor();
  await world.arrive();
  const given = async () => (await decisions()).find(({ written }) => written === 'done');
  await until('Fairlead gives the next lead', async () => (await given()) !== undefined);
  expect(await given()).toMatchObject({ outcome: 'assigned', logOnly: false });
  await page.goto(`${world.url}/start`);
  await page.getByText('Everything is set up.').waitFor();
  await look('start-7-live');
});

test.for(['start', 'compare'])('axe finds nothing to mend at /%s', async (path) => {
  const lenient = await browser.newContext({ bypassCSP: true, colorScheme: 'dark' });
  const seen = await lenient.newPage();
  await seen.goto(`${world.url}/${path}`);
  await seen.getByRole('heading', { level: 1, name: /Getting started|Compare/ }).waitFor();
  await seen.locator('.step-card, .compare-numbers').first().waitFor();
  expect(await accessibilityProblems(seen)).toEqual([]);
  await lenient.close();
});
