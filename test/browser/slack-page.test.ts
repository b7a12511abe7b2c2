import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageForEachTest } from '../support/page-for-each-test.ts';
import { DANA, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
const browser = pageForEachTest();

beforeAll(async () => {
  world = await openSlackWorld();
});
afterAll(() => world?.close());

const card = (name: string) => browser.page.locator('.message', { hasText: name }).first();

test('a rep sees the offer arrive, claims it, and a colleague sees who was first', async () => {
  await browser.page.goto(`${world.slackUrl}/slack?user=U2`);
  world.offers.offer('asg_1', [DANA, SAM]);
  await world.card('asg_1', 'dana', 'U1');
  await world.card('asg_1', 'sam', 'U2');
  await card('Ada Lovelace').getByRole('button', { name: 'Claim' }).waitFor();
  expect(
    await card('Ada Lovelace').getByRole('link', { name: 'ada@engines.example' }).getAttribute('href'),
  ).toBe('mailto:ada@engines.example');
  expect(await card('Ada Lovelace').locator('time[datetime]').textContent()).toMatch(/7:05\sPM$/);
  await browser.page.getByRole('button', { name: 'Dana' }).getByLabel('1 unread').waitFor();
  await card('Ada Lovelace').getByRole('button', { name: 'Claim' }).click();
  await expect
    .poll(async () => (await world.offers.queries.offerCard('ten_1', 'asg_1', 'sam'))?.state)
    .toBe('assigned');
  await world.refresh('asg_1');
  await card('This lead is yours.').waitFor();
  await browser.page.getByRole('button', { name: 'Dana' }).click();
  await card('Sam has this lead.').waitFor();
  expect(await card('Ada Lovelace').getByRole('button').count()).toBe(0);
});

test('a decline asks for its reason in a form', async () => {
  world.offers.offer('asg_2', [DANA], {
    person: {
      name: '<b>Grace</b> & *co*',
      company: null,
      email: null,
      phone: null,
      source: null,
      message: null,
      url: null,
    },
  });
  await world.card('asg_2', 'dana', 'U1');
  await browser.page.goto(`${world.slackUrl}/slack?user=U1`);
  await browser.page.getByRole('heading', { name: '<b>Grace</b> & *co*' }).waitFor();
  await card('Grace').getByRole('button', { name: 'Decline' }).click();
  const form = browser.page.getByRole('dialog');
  await form.getByRole('button', { name: 'Decline' }).click();
  await form.getByText('Please complete this required field.').waitFor();
  await form.getByLabel('Too busy right now').check();
  await form.getByRole('textbox').fill('Two demos today.');
  await form.getByRole('button', { name: 'Decline' }).click();
  await form.waitFor({ state: 'hidden' });
  expect(world.offers.declines).toEqual([{ repId: 'dana', reason: 'too_busy', note: 'Two demos today.' }]);
});

test('a slash command is answered for the asker alone', async () => {
  await browser.page.goto(`${world.slackUrl}/slack?user=U1`);
  await browser.page.getByLabel('Slash command').fill('/leads help');
  await browser.page.getByRole('button', { name: 'Send' }).click();
  await card('Only visible to you')
    .getByRole('heading', { name: 'Fairlead gives leads to the right rep' })
    .waitFor();
});
