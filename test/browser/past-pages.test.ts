import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { type ConsoleFixture, openConsoleFixture } from '../support/console-fixture.ts';
import { SAMPLE_FILE } from '../support/past-fixture.ts';

let browser: Browser;
let fixture: ConsoleFixture;
let page: Page;
let folder: string;
const errors: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'fairlead-audit-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
  expect(errors).toEqual([]);
});
afterEach(async () => {
  await page?.context().close();
  await fixture?.close();
});

const visit = async (path: string, colorScheme: 'light' | 'dark' = 'light') => {
  fixture = await openConsoleFixture(8);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(fixture.url + path);
};
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const openDraft = async () => {
  await press('Write a draft');
  await press('Check and save');
  await page.getByText('Rule VIP added in place 2').waitFor();
};

describe('a draft tried on the past', () => {
  test('says who gains and loses, what waits, how fair it is, and which leads go elsewhere and why', async () => {
    await visit('/policy');
    await openDraft();
    await press('Try it on the past');
    await page.getByRole('heading', { name: 'Who gains, who loses' }).waitFor();
    const bars = page.getByRole('img', { name: /gains most.*loses most/ }).first();
    expect(await bars.locator('path.recharts-rectangle').count()).toBeGreaterThan(6);
    // The figures stand in words and tables, too.
    const moved = Number(
      (
        await page.locator('.try-numbers .number', { hasText: 'Go elsewhere' }).locator('dd').textContent()
      )?.match(/\d+/)?.[0],
    );
    expect(moved).toBeGreaterThan(50);
    await page.getByText('Past leads have no value for budget').waitFor();
    await press('Show all 200');
    expect(await page.locator('.moved tbody tr').count()).toBe(200);
    await page.getByText('“Large companies” matches instead of no rule').first().waitFor();
    await page.getByText('Beside what really happened').click();
    await page.locator('.bar-key', { hasText: 'what happened' }).first().waitFor();
    await page.getByText('Enterprise', { exact: true }).last().click();
    await page
      .getByText(/proven to stay below 1/)
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.moved tbody tr a').first().click(),
    ]);
    await opened.waitForURL(/\/decisions\/dec_/);
  });

  test('with the keyboard alone; of days without a lead it says so', async () => {
    await visit('/policy', 'dark');
    await openDraft();
    await page.getByLabel('Leads of the last').selectOption('7');
    await page.getByRole('button', { name: 'Try it on the past' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'No lead to try it on' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('a draft that was written on since is saved first; what it said before is shown to whoever approves', async () => {
    await visit('/policy');
    await openDraft();
    await page.getByText('214 go elsewhere than today').waitFor();
    await page.getByLabel('The policy as YAML').fill('fairlead: 1\nname: Other');
    expect(await page.getByRole('button', { name: 'Try it on the past' }).isDisabled()).toBe(true);
    await page.getByText('Check and save it first').waitFor();
  });
});

describe('fairness of a pool', () => {
  test('from its card to its statement: bound, lags, members, downloads and how to verify', async () => {
    await visit('/');
    await page.getByRole('link', { name: 'Enterprise', exact: true }).click();
    await page.getByRole('heading', { name: 'Fairness of Enterprise' }).waitFor();
    const chart = page.getByRole('img', { name: /All stay within the proven bound of 1.00 lead/ });
    await chart.locator('.recharts-reference-area').waitFor();
    expect(await chart.locator('.recharts-line-curve').count()).toBe(3);
    expect(await chart.locator('.recharts-reference-dot').count()).toBe(1);
    expect(await page.getByRole('table', { name: 'Members' }).locator('tbody tr').count()).toBe(3);
    await page.getByText('verify.mjs enterprise-entries.csv enterprise-fairness.json').waitFor();
    for (const [name, file] of [
      ['Statement, JSON', '/fairness'],
      ['Statement, CSV', '/fairness.csv'],
      ['Ledger, CSV', '/entries.csv'],
    ] as const)
      expect(await page.getByRole('link', { name }).getAttribute('href')).toBe(
        `/api/v1/pools/enterprise${file}`,
      );
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('where no bound holds the worst observed is drawn; a pool that gave no lead says so', async () => {
    await visit('/pools/mid', 'dark');
    const chart = page.getByRole('img', { name: /No bound is proven/ });
    await chart.locator('.recharts-reference-line').first().waitFor({ state: 'attached' });
    expect(await chart.locator('.recharts-reference-area').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${fixture.url}/pools/german-desk`);
    await page.getByText('Once it gives leads').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe('the audit', () => {
  const choose = async (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(/^Choose/)]);
    await chooser.setFiles(file);
  };

  test('a file is chosen, its columns are found, and it says how uneven the routing is', async () => {
    await visit('/');
    await page.getByRole('link', { name: 'Audit' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await choose('leads.csv', SAMPLE_FILE);
    expect(await page.getByLabel('Who had the lead').inputValue()).toBe('Owner');
    expect(await page.getByLabel('When it came').inputValue()).toBe('Create Date');
    await press('Measure');
    await page.getByText(/Dana Whitfield had \d\.\d\d times an equal share/).waitFor();
    expect(await page.getByRole('table', { name: 'Owners' }).locator('tbody tr').count()).toBe(4);
    await page.getByRole('img', { name: /Most leads come in the hour from/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('a file that cannot be read says which line; an empty one says so; one may be dropped', async () => {
    await visit('/audit', 'dark');
    await choose('bad.csv', 'owner,arrived_at\nDana,yesterday');
    await press('Measure');
    await page.getByText(/Line 2 arrived_at: yesterday/).waitFor();
    await choose('empty.csv', '');
    await page.getByText('The file is empty').waitFor();
    await page.locator('.drop').evaluate((drop) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['owner,arrived_at\nDana,2026-11-24'], 'dropped.csv'));
      drop.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: transfer }));
    });
    await page.getByText('dropped.csv').waitFor();
    await press('Measure');
    await page.getByText('Dana had every lead.').waitFor();
  });
});
