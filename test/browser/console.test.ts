import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { type ConsoleFixture, openConsoleFixture } from '../support/console-fixture.ts';

let browser: Browser;
let fixture: ConsoleFixture;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(() => {
  page = undefined as unknown as Page;
});
afterEach(async () => {
  await page?.context().close();
  await fixture?.close();
});

const visit = async (count: number, path = '/', options: Parameters<Browser['newContext']>[0] = {}) => {
  fixture = await openConsoleFixture(count);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  page = await context.newPage();
  await page.goto(fixture.url + path);
};

const rows = () => page.locator('.rows .row');

test('an arriving decision shows at the top without a reload', async () => {
  await visit(5);
  await expect.poll(() => rows().count()).toBe(5);
  const arrived = fixture.arrive();
  await expect.poll(() => rows().first().locator('a').getAttribute('href')).toBe(`/decisions/${arrived.id}`);
});

test('what is being read does not move: arrivals wait behind a button', async () => {
  await visit(5);
  await rows().nth(2).hover();
  const first = await rows().first().locator('a').getAttribute('href');
  fixture.arrive();
  const news = page.getByRole('button', { name: '1 new' });
  await news.waitFor();
  expect(await rows().first().locator('a').getAttribute('href')).toBe(first);
  await news.click();
  await expect.poll(() => rows().count()).toBe(6);
});

test('a lead opens by keyboard, tells its whole story and closes to where one was', async () => {
  await visit(8);
  await rows().first().locator('a').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What happened').waitFor();
  expect(new URL(page.url()).pathname).toBe('/decisions/dec_00000008');
  expect(await dialog.locator('.candidate').first().textContent()).toContain('Chosen');
  expect(await dialog.locator('.candidate').count()).toBe(5);
  expect(await dialog.textContent()).toContain('language is English, needs German');
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
});

test('a decision has an address of its own; an unknown one says so', async () => {
  await visit(3, '/decisions/dec_00000002');
  await page.getByRole('dialog').getByText('What happened').waitFor();
  await page.goto(`${fixture.url}/decisions/dec_nowhere`);
  await page.getByText('There is no such decision in this workspace.').waitFor();
});

test('an address that leads nowhere says so, with a way on', async () => {
  await visit(3, '/nowhere');
  await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
  await page.getByRole('link', { name: 'Go to the live page' }).click();
  await expect.poll(() => rows().count()).toBe(3);
});

test('a question asked from a menu gives the focus back to the menu’s button', async () => {
  await visit(3);
  const mode = page.getByRole('button', { name: 'Live', exact: true });
  await mode.press('Enter');
  await page.getByRole('menuitem', { name: 'Only log…' }).press('Enter');
  await page.getByRole('dialog', { name: 'Only log' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => mode.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('an erased person stays erased, the decision stands', async () => {
  await visit(10, '/decisions/dec_00000010');
  await page.getByText("This person's data was erased.", { exact: false }).waitFor();
});

test('with no leads it says how to send the first', async () => {
  await visit(0);
  await page.getByText('No lead has come in yet').waitFor();
  expect(await page.getByText('curl').textContent()).toContain(`${fixture.url}/api/v1/leads`);
});

test('when the service goes away the last known stays, and it comes back by itself', async () => {
  await visit(4);
  await expect.poll(() => rows().count()).toBe(4);
  fixture.become('down');
  await page.getByText('Fairlead cannot be reached.').waitFor();
  expect(await rows().count()).toBe(4);
  fixture.become('up');
  await expect.poll(() => page.getByText('Fairlead cannot be reached.').count(), { timeout: 10_000 }).toBe(0);
  fixture.arrive();
  await expect.poll(() => rows().count()).toBe(5);
});

test('without a session it says how to get one', async () => {
  fixture = await openConsoleFixture(1);
  fixture.become('signed_out');
  page = await (await browser.newContext()).newPage();
  await page.goto(fixture.url);
  await page.getByText('You are not signed in').waitFor();
});

test('a crowd of arrivals keeps the page answering', async () => {
  await visit(50);
  await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(50);
  for (let i = 0; i < 2_000; i++) fixture.arrive();
  await expect
    .poll(() => page.locator('.number dd').first().textContent(), { timeout: 10_000 })
    .toBe((2_050).toLocaleString('en-US'));
  expect(await rows().count()).toBeLessThanOrEqual(100);
  await page.getByLabel('Find a lead, rep, pool or rule').fill('Northwind');
  await expect.poll(() => rows().first().textContent()).toContain('Northwind');
});

test('going log-only asks first and says what it means', async () => {
  await visit(3);
  await page.getByRole('button', { name: 'Live' }).click();
  await page.getByRole('menuitem', { name: 'Only log…' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.textContent()).toContain('nothing is written to the CRM');
  const request = page.waitForRequest((sent) => sent.method() === 'PUT');
  await dialog.getByRole('button', { name: 'Only log' }).click();
  expect((await request).postDataJSON()).toEqual({ mode: 'log_only' });
});

test('refused writes say what to do, and are tried again by keyboard', async () => {
  await visit(3);
  await page.getByRole('link', { name: 'see what was refused' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const items = dialog.getByRole('listitem');
  await expect.poll(() => items.count()).toBe(2);
  expect(new URL(page.url()).pathname).toBe('/refused');
  expect(await items.first().textContent()).toContain('activate the user in HubSpot');
  await items.first().getByRole('button', { name: 'Retry' }).focus();
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.keyboard.press('Enter');
  expect(new URL((await sent).url()).pathname).toBe('/api/v1/deliveries/dlv_1/retry');
  await expect.poll(() => items.count()).toBe(1);
  await items.first().getByRole('button', { name: 'Retry' }).click();
  await dialog.getByText('every write went through').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/');
});

test('a connection tells how much of its limit is used, to the eye and to a screen reader', async () => {
  await visit(3);
  const button = page.getByRole('button', { name: 'Connections: 2 connected' });
  await button.locator('.gauge[data-tone=nearly]').waitFor();
  await button.focus();
  await page.keyboard.press('Enter');
  const hubspot = page.getByRole('menuitem', { name: 'HubSpot' });
  await expect.poll(() => hubspot.textContent()).toContain('183,420 of 250,000 calls a day used');
  expect(await hubspot.textContent()).toContain('connected');
  await page.getByRole('menuitem', { name: 'Connect, test or disconnect' }).waitFor();
});

test('with all pages and a connection that fails the header stays one row, and two on a phone', async () => {
  await visit(3, '/', { viewport: { width: 1280, height: 800 } });
  const tenant = { name: 'Harbour & Pine', mode: 'log_only', paused: false, policyVersion: 3 } as const;
  const failing = {
    id: 'con_1',
    vendor: 'salesforce',
    name: 'Harbour',
    status: 'needs_reconnecting',
    url: null,
  };
  fixture.change({ tenant, connections: [failing] });
  await page.getByRole('button', { name: 'Connections: Salesforce needs reconnecting' }).waitFor();
  await page.getByRole('link', { name: 'Getting started' }).waitFor();
  const height = () => page.locator('.header').evaluate((header) => header.clientHeight);
  expect(await height()).toBeLessThan(64);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await height()).toBeLessThan(104);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test.each([
  ['light, wide', 12, '/', { colorScheme: 'light' }],
  ['dark, wide', 12, '/', { colorScheme: 'dark' }],
  ['a lead opened', 12, '/decisions/dec_00000012', {}],
  ['refused writes', 12, '/refused', {}],
  [
    'refused writes, dark, phone',
    12,
    '/refused',
    { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  ],
  ['phone', 12, '/', { viewport: { width: 390, height: 844 } }],
  ['empty', 0, '/', {}],
] as const)('axe finds nothing to mend: %s', async (_name, count, path, options) => {
  await visit(count, path, { reducedMotion: 'reduce', ...options });
  await page
    .locator(path === '/' ? '.number dd' : path === '/refused' ? '.refused' : '.candidate')
    .first()
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('what people changed in a pool by hand opens under it, as text, with who and why', async () => {
  await visit(30);
  const pool = page.getByRole('article', { name: 'Pool Enterprise' });
  await pool.getByText('Changed by hand').click();
  const list = pool.getByRole('list', { name: 'Changed by hand in Enterprise' });
  await list.getByText('next turn passed, and kept').waitFor();
  expect(await list.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(
      /Sam Okafor next turn passed, and kept[\s\S]*In a demo until noon[\s\S]*Dana Whitfield/,
    ),
    expect.stringMatching(
      /Dana Whitfield debited 0\.5 leads[\s\S]*<b>Took<\/b> one from the fair[\s\S]*This machine/,
    ),
  ]);
  expect(await pool.getByText('next turn passed', { exact: true }).count()).toBe(1);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('SLAs show on the live page, and in the story of a lead', async () => {
  await visit(5);
  await page.getByText('SLAs met today').waitFor();
  expect(await page.getByText('SLAs met today').locator('..').textContent()).toMatch(
    /96 %\s*5 running, 2 missed/,
  );
  await rows().first().locator('a').click();
  const slas = page.getByRole('region', { name: 'SLAs' });
  await slas.getByText('First touch is due 10:05 New York.').waitFor();
  expect(await slas.getByRole('listitem').count()).toBe(2);
});

test('a lead is given to somebody else by keyboard, with a note; the focus comes back', async () => {
  await visit(12, '/decisions/dec_00000012');
  const open = page.getByRole('button', { name: 'Give to…' });
  await open.press('Enter');
  const rep = page.getByRole('combobox', { name: 'Rep' });
  await expect.poll(() => rep.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Give', exact: true }).press('Enter');
  await page.getByText('Choose a rep.').waitFor();
  await page.keyboard.type('jo');
  await page.getByRole('option', { name: 'Jo Brandt' }).waitFor();
  expect(await page.getByRole('option').count()).toBe(1);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('Note (optional)').fill('Knows them');
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Give', exact: true }).press('Enter');
  expect(new URL((await sent).url()).pathname).toBe('/api/v1/assignments/asg_12/reassign');
  expect((await sent).postDataJSON()).toEqual({ rep: 'rep2', note: 'Knows them' });
  await page.getByRole('status').getByText('Given to Jo Brandt.').waitFor();
  expect(await open.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await rep.count()).toBe(0);
});

test('a lead that cannot be given says why, and keeps what was chosen', async () => {
  await visit(12, '/decisions/dec_00000012', { viewport: { width: 390, height: 844 } });
  await page.getByRole('button', { name: 'Give to…' }).click();
  const detail = 'That person takes no leads any more: choose somebody else.';
  fixture.refuse({ code: 'unknown_rep', detail });
  await page.getByRole('combobox', { name: 'Rep' }).fill('max');
  await page.getByRole('option', { name: 'Max Lindqvist' }).click();
  await page.getByRole('button', { name: 'Give', exact: true }).click();
  await page.getByRole('alert').getByText(detail).waitFor();
  expect(await page.getByRole('combobox', { name: 'Rep' }).inputValue()).toBe('Max Lindqvist');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('a closed lead is not to be given', async () => {
  await visit(9, '/decisions/dec_00000009');
  await page.getByRole('dialog').getByText('What happened').waitFor();
  expect(await page.getByRole('button', { name: 'Give to…' }).count()).toBe(0);
});

test('many alerts of one kind stand in one line that opens, and hide no other', async () => {
  await visit(3);
  const since = new Date().toISOString();
  const alert = (kind: string, index: number) => ({
    id: `${kind}${index}`,
    kind,
    text: `${kind} ${index}`,
    since,
  });
  const unsent = [1, 2, 3, 4, 5].map((index) => alert('unsent', index));
  fixture.change({ alerts: [...unsent, alert('broken', 1), alert('broken', 2)] });
  const alerts = page.getByRole('region', { name: 'Needs attention' });
  const texts = () => alerts.getByRole('status').allTextContents();
  await expect.poll(texts).toEqual(['unsent 1', 'broken 1', 'broken 2']);
  await alerts.getByRole('button', { name: 'Show all 5' }).press('Enter');
  await expect.poll(texts).toEqual([...unsent.map(({ text }) => text), 'broken 1', 'broken 2']);
  expect(await accessibilityProblems(page)).toEqual([]);
  await alerts.getByRole('button', { name: 'Show one' }).press('Enter');
  await expect.poll(texts).toEqual(['unsent 1', 'broken 1', 'broken 2']);
});
