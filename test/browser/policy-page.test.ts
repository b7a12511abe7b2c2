import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
afterEach(async () => {
  await page?.context().close();
  await fixture?.close();
});

const visit = async (path: string) => {
  fixture = await openConsoleFixture(8);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  await page.goto(fixture.url + path);
};

const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();

test('the live version is read in words, and what each version changed', async () => {
  await visit('/');
  await page.getByRole('link', { name: 'Policy' }).click();
  await page.getByText('country is one of US, CA and employees is at least 500').waitFor();
  await page.getByText(/2026.* by Rune Dahl, approved by Olga Petrova/).waitFor();
  await press('What changed in version 3');
  await page.getByText('Rule Large companies: employees from at least 1000 to at least 500').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'Live' }).click();
  await page.locator('.rows .row').first().waitFor();
});

test('a version is gone back to after a question that says what changes', async () => {
  await visit('/policy');
  await press('Go back to version 2');
  const dialog = page.getByRole('dialog');
  await dialog.getByText("Pool Enterprise: Dana's weight from 2 to 3").waitFor();
  await dialog.getByLabel('Why').fill('Too many leads');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test('a draft shows its mistakes by line, and the way to each; checked, what it would change', async () => {
  await visit('/policy');
  await press('A desk for Germany');
  await page.getByText('above is no operator').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await press('Line 13');
  const selected = await page
    .getByLabel('The policy as YAML')
    .evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
  expect(selected).toContain('op: above');
  expect(await page.getByRole('button', { name: 'Publish now' }).isDisabled()).toBe(true);
  await press('Close');
  await press('Write a draft');
  await press('Check and save');
  await page.getByText('Rule VIP added in place 2').waitFor();
  await press('Publish now');
  await page.getByRole('heading', { name: 'Version 3 is live' }).waitFor();
});

test('why not a rep is asked and told with the keyboard alone', async () => {
  await visit('/decisions/dec_00000008');
  const why = page.getByRole('button', { name: 'Why not Priya Raman?' });
  await why.focus();
  await page.keyboard.press('Enter');
  await page.getByText('with 1 more free slot that day and if country were DE').waitFor();
  expect(await why.getAttribute('aria-expanded')).toBe('true');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('Next in about 3 leads').waitFor({ state: 'detached' });
});

test('a rep leaves after a look at where their leads go, and can come back', async () => {
  await visit('/');
  await press('Dana Whitfield leaves…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Sam Okafor +2 (has 4)').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take Dana Whitfield out and move 5 leads' }).click();
  await dialog.getByText('4 leads moved, 1 decided by the policy').waitFor();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByText('Dana Whitfield takes leads again. 5 leads went back.').waitFor();
});
