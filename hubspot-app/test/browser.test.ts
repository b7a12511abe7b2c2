import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../test/support/browser.ts';
import { bundleCard, type CardBundle } from '../preview/card-page.ts';
import { type Behaviour, type CardFixture, look, openCardFixture } from './support/card-fixture.ts';
import { samples } from './support/sample-cards.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
let bundle: CardBundle;
let fixture: CardFixture;
let page: Page;
let errors: string[];

beforeAll(async () => {
  [browser, bundle] = await Promise.all([openBrowser(), bundleCard()]);
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page?.context().close();
  await fixture?.close();
});

const visit = async (shows: Behaviour, options?: BrowserContextOptions) => {
  fixture = await openCardFixture(bundle, shows);
  errors = [];
  page = await look(browser, fixture, options, (text) => errors.push(text));
};

const accessibilityProblems = async (): Promise<readonly string[]> => {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
};

const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
const button = (name: string) => page.getByRole('button', { name, exact: true });

const STATES: readonly (readonly [string, Behaviour, string])[] = [
  ['offered to me', samples.offeredToMe, '6 min left, until 16:10'],
  ['offered to others', samples.offeredToOthers, 'the first to claim has it'],
  ['assigned', samples.assigned, 'Dana Whitfield has the lead.'],
  ['waiting', samples.waiting, 'Looked at again 25 Nov, 10:00'],
  ['in a queue', samples.inQueue, 'In the queue Inbound holding.'],
  ['closed', samples.closed, 'no longer open work'],
  ['refused by HubSpot', samples.writeRefused, 'Give her one, then retry'],
  ['log only', samples.logOnly, 'Nothing is written or sent.'],
  ['with long names', samples.longNames, 'Donaudampfschifffahrts'],
  ['right to left', samples.rightToLeft, 'ليلى حداد'],
  ['with much missing', samples.missing, 'named by hand'],
  ['never routed', samples.neverRouted, 'Not routed yet'],
  ['not connected', 'unknown_portal', 'This HubSpot account is not connected'],
];

test.each(STATES)('%s: readable, accessible, and nothing sticks out', async (_, shows, said) => {
  await visit(shows);
  await page.getByText(said).first().waitFor();
  for (const title of await page.locator('summary').all()) await title.click();
  expect(await accessibilityProblems()).toEqual([]);
  expect(await overflow()).toBe(0);
  expect(errors).toEqual([]);
});

test.each([
  ['loading', 'silent', 'Asking Fairlead'],
  ['down', 'down', 'Fairlead does not answer'],
] as const)('%s is drawn', async (_, shows, said) => {
  await visit(shows);
  await page.getByText(said).waitFor();
  expect(await accessibilityProblems()).toEqual([]);
});

test('a lead is claimed by keyboard', async () => {
  await visit(samples.offeredToMe);
  await button('Claim').focus();
  fixture.become(samples.assigned);
  await page.keyboard.press('Enter');
  await page.getByText('The lead is yours.').waitFor();
  await page.getByText('Dana Whitfield has the lead.').waitFor();
  expect(fixture.asked.at(-1)).toEqual({
    method: 'POST',
    path: '/service/hubspot/assignments/asg_0001/claim',
    body: { requestId: expect.stringMatching(/^[a-z0-9-]{20,}$/) },
  });
  expect(await button('Claim').count()).toBe(0);
});

test('declining asks for a reason and sends what was written', async () => {
  await visit(samples.offeredToMe);
  await button('Decline').click();
  await button('Decline').click();
  await page.getByText('Choose a reason.').waitFor();
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByLabel('Too busy').check();
  await page.getByLabel('Note (optional)').fill('In meetings until five.');
  fixture.become(samples.offeredToOthers);
  await button('Decline').click();
  await page.getByText('Declined. The lead goes to somebody else.').waitFor();
  expect(fixture.asked.at(-1)?.body).toMatchObject({ reason: 'too_busy', note: 'In meetings until five.' });
});

test('a page that frames the card is told when the record changed', async () => {
  await visit(samples.offeredToMe);
  const told = page.evaluate(
    () => new Promise((resolve) => window.addEventListener('message', ({ data }) => resolve(data))),
  );
  await button('Claim').click();
  expect(await told).toEqual({ fairlead: 'record-changed' });
});

test('a lead is given to another rep', async () => {
  await visit(samples.assigned);
  await button('Reassign').click();
  expect(await accessibilityProblems()).toEqual([]);
  await page.getByLabel('Rep').selectOption('Jo Brandt');
  await button('Reassign').click();
  await page.getByText('Given to Jo Brandt.').waitFor();
  expect(fixture.asked.at(-1)?.body).toMatchObject({ rep: 'jo' });
});

test('when the service goes away the last known stays, and it comes back', async () => {
  await visit(samples.assigned);
  await page.getByText('Dana Whitfield has the lead.').waitFor();
  fixture.become('down');
  await button('Refresh').click();
  await page.getByText('Shown as it was last known.').waitFor();
  await page.getByText('Dana Whitfield has the lead.').waitFor();
  fixture.become(samples.inQueue);
  await button('Refresh').click();
  await page.getByRole('heading', { name: 'In the queue Inbound holding.' }).waitFor();
  expect(await page.getByText('Shown as it was last known.').count()).toBe(0);
});

test('times are those of the reader’s zone and way of writing', async () => {
  await visit(samples.offeredToMe, { timezoneId: 'America/New_York' });
  await page.getByText('6 min left, until 10:10').waitFor();
});
