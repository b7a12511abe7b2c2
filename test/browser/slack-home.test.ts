import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { pageForEachTest } from '../support/page-for-each-test.ts';
import { DANA, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
const browser = pageForEachTest();

beforeAll(async () => {
  world = await openSlackWorld();
});
afterAll(() => world?.close());

const violations = () => accessibilityProblems(browser.page);

test('a rep opens their Home, claims from it, and finds the lead among theirs', async () => {
  world.offers.offer('asg_1', [DANA, SAM], { expiresAt: Date.now() + 8.5 * 60_000 });
  await browser.page.goto(`${world.slackUrl}/slack?user=U1`);
  await browser.page.getByRole('button', { name: 'Home', exact: true }).click();
  await browser.page.getByRole('heading', { name: 'Open offers (1)' }).waitFor();
  await browser.page.getByText('8 min left').waitFor();
  expect(await violations()).toEqual([]);
  await browser.page.getByRole('button', { name: 'Claim' }).click();
  await browser.page.getByRole('heading', { name: 'Your leads (1)' }).waitFor();
  await browser.page.getByRole('button', { name: 'Open in HubSpot' }).waitFor();
  await browser.page.getByRole('button', { name: 'Messages' }).click();
  await browser.page.getByLabel('Slash command').waitFor();
});

test('a rep goes away until a time on the clock of their zone, and comes back', async () => {
  await browser.page.goto(`${world.slackUrl}/slack?user=U2&tab=home`);
  await browser.page.getByRole('button', { name: 'Away until…' }).click();
  const form = browser.page.getByRole('dialog');
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
  await browser.page.getByText('You are away until').waitFor();
  // Sam's clock is an hour ahead of UTC in summer.
  expect(
    await browser.page.locator(`time[datetime="${summer}-07-01T08:00:00.000Z"]`).count(),
  ).toBeGreaterThan(0);
  await browser.page.getByRole('button', { name: 'I am back' }).click();
  await browser.page.getByText('You are at work.').waitFor();
});

test('somebody who is no rep is welcomed', async () => {
  await browser.page.goto(`${world.slackUrl}/slack?user=U3&tab=home`);
  await browser.page.getByRole('heading', { name: 'Welcome to Fairlead' }).waitFor();
  expect(await violations()).toEqual([]);
});
