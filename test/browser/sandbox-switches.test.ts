import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { pageForEachTest } from '../support/page-for-each-test.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { type OpenSandbox, openSandbox } from '../support/sandbox-account.ts';

let receiver: Receiver;
let sandbox: OpenSandbox;
const browser = pageForEachTest();

beforeAll(async () => {
  receiver = await openReceiver(() => ({}));
  sandbox = await openSandbox({ fairleadUrl: receiver.url });
});
afterAll(async () => {
  await sandbox?.close();
  await receiver?.close();
});
beforeEach(() => browser.page.goto(`${sandbox.url}/desk/hubspot/switches`));

/** The page looks at its figures every two seconds. */
const SLOWLY = { timeout: 10_000 };
const group = (name: string | RegExp) => browser.page.getByRole('group', { name });
const counted = (label: string) => browser.page.locator('.counters div', { hasText: label }).locator('dd');
const status = async () => (await sandbox.call('GET', '/crm/owners/2026-03')).status;

test('a failure strikes the next call, once, and the page counts it', async () => {
  await group('429 Too many requests').getByRole('button', { name: 'Next one' }).click();
  await browser.page.getByRole('status').getByText('429 Too many requests: Next one.').waitFor();
  expect([await status(), await status()]).toEqual([429, 200]);
  await browser.page.getByText('struck 1 of 1').waitFor();
  expect(await group(/429/).getByRole('button', { name: 'Off' }).getAttribute('aria-pressed')).toBe('true');
});

test('switches are pressed with the keyboard alone, and the focus stays on them', async () => {
  const every = group(/503/).getByRole('button', { name: 'Every' });
  await every.focus();
  await browser.page.keyboard.press('Enter');
  await expect.poll(() => every.getAttribute('aria-pressed')).toBe('true');
  expect(await every.evaluate((button) => button === document.activeElement)).toBe(true);
  expect([await status(), await status()]).toEqual([503, 503]);
  await browser.page.getByRole('button', { name: 'Switch all 1 off' }).press('Enter');
  await browser.page.getByText('Everything runs as it should.').waitFor();
  expect(await status()).toBe(200);
});

test('webhooks are lost while a person wants it, and the counters say how many', async () => {
  await group('Lost').getByRole('button', { name: 'All' }).click();
  await browser.page.getByRole('status').getByText('Lost: All.').waitFor();
  sandbox.contact();
  await expect.poll(() => counted('Pushes lost').textContent(), SLOWLY).not.toBe('0');
  expect(receiver.received.filter(({ path }) => path.endsWith('/webhooks'))).toEqual([]);
  await browser.page.getByRole('button', { name: 'Count from zero' }).click();
  await expect.poll(() => counted('Pushes lost').textContent(), SLOWLY).toBe('0');
});

test('tokens expire at the press of a button', async () => {
  expect(await status()).toBe(200);
  await browser.page.getByRole('button', { name: 'Do it now' }).first().click();
  await browser.page.getByRole('status').getByText('Done: Let the access tokens expire.').waitFor();
  expect(await status()).toBe(401);
});

test('nobody is shut out, and on a phone nothing runs over the edge', async () => {
  await browser.page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['', '/desk/hubspot/switches']) {
    await browser.page.goto(sandbox.url + path);
    expect(await accessibilityProblems(browser.page), path).toEqual([]);
    const over = await browser.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
});
