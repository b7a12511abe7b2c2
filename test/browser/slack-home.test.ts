import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { DANA, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
let world: SlackWorld;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  world = await openSlackWorld();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
});

interface Axe {
  readonly axe: {
    readonly run: () => Promise<{
      readonly violations: readonly { id: string; nodes: { html: string }[] }[];
    }>;
  };
}
const violations = async (): Promise<readonly string[]> => {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const found = await (window as unknown as Axe).axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
};

test('a rep opens their Home, claims from it, and finds the lead among theirs', async () => {
  world.offers.offer('asg_1', [DANA, SAM], { expiresAt: Date.now() + 8.5 * 60_000 });
  await page.goto(`${world.slackUrl}/slack?user=U1`);
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await page.getByRole('heading', { name: 'Open offers (1)' }).waitFor();
  await page.getByText('8 min left').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByRole('heading', { name: 'Your leads (1)' }).waitFor();
  await page.getByRole('button', { name: 'Open in HubSpot' }).waitFor();
  await page.getByRole('button', { name: 'Messages' }).click();
  await page.getByLabel('Slash command').waitFor();
});

test('a rep goes away until a time on the clock of their zone, and comes back', async () => {
  await page.goto(`${world.slackUrl}/slack?user=U2&tab=home`);
  await page.getByRole('button', { name: 'Away until…' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('In the zone you have set in Slack.').waitFor();
  expect(await violations()).toEqual([]);
  await form.getByLabel('Away from now until').fill('2020-01-01T09:00');
  await form.getByRole('button', { name: 'Switch to away' }).click();
  await form.getByText('Choose a time that is still to come.').waitFor();
  const year = new Date().getUTCFullYear();
  const summer = Date.now() < Date.UTC(year, 6, 1) ? year : year + 1;
  await form.getByLabel('Away from now until').fill(`${summer}-07-01T09:00`);
  await form.getByRole('button', { name: 'Switch to away' }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByText('You are away until').waitFor();
  // Sam's clock is an hour ahead of UTC in summer.
  expect(await page.locator(`time[datetime="${summer}-07-01T08:00:00.000Z"]`).count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'I am back' }).click();
  await page.getByText('You are at work.').waitFor();
});

test('somebody who is no rep is welcomed', async () => {
  await page.goto(`${world.slackUrl}/slack?user=U3&tab=home`);
  await page.getByRole('heading', { name: 'Welcome to Fairlead' }).waitFor();
  expect(await violations()).toEqual([]);
});

test('nothing went wrong on the page', () => {
  expect(problems).toEqual([]);
});
