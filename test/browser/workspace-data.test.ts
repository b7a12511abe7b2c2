import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from '../http/open-service.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { rowsWith } from '../support/made-up-row.ts';
import { openServicePage, type ServicePage } from '../support/service-page.ts';

let service: TestService;
let opened: ServicePage;
let page: Page;

beforeAll(async () => {
  service = await openService({ CONSOLE_LOCAL_SIGN_IN: 'on' });
  await setUp(service);
  for (const email of ['zelda@example.com', 'other@example.com'])
    await service
      .api('post', '/api/v1/leads')
      .send({ fields: { country: 'US' }, person: { email } })
      .expect(200);
  opened = await openServicePage(service, '/settings', {
    viewport: { width: 1440, height: 1100 },
    acceptDownloads: true,
  });
  page = opened.page;
});
afterAll(() => opened?.close());

const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();

test('the whole workspace is taken along as one file', async () => {
  await page.getByRole('heading', { name: 'Workspace data' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export everything' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('fairlead-2026-11-24.ndjson');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('zelda@example.com');
  expect(JSON.parse(text.trimEnd().split('\n').at(-1)!)).toMatchObject({ end: true });
});

test('how long data is kept is said in days, and left empty for always', async () => {
  await page.getByLabel('Closed leads').fill('365');
  await page.getByLabel('Leads deleted in the CRM').fill('');
  await press('Save');
  await expect
    .poll(async () => (await service.api('get', '/api/v1/workspace')).body.retention)
    .toMatchObject({ closedLeadsDays: 365, deletedLeadsDays: null, deliveriesDays: 30 });
  await page.getByLabel('Finished writes and messages').fill('1');
  await press('Save');
  await page.getByText(/^must be at least \d+ days$/).waitFor();
  await page.getByLabel('Finished writes and messages').fill('30');
});

test('a person is erased after a look at how much that is', async () => {
  const address = page.getByLabel('E-mail address of the person');
  await address.fill('nobody@example.com');
  await press('Find');
  await page.getByText('Nothing is known of nobody@example.com.').waitFor();
  await address.fill('zelda@example.com');
  await press('Find');
  await page.getByText('1 lead of theirs holds').waitFor();
  await press('Erase 1 lead for good');
  await page.getByText('1 lead erased.').waitFor();
  await page.getByRole('list', { name: 'What was erased' }).getByText('1 lead, asked for by').waitFor();
  expect((await rowsWith(service.storage, 'zelda@example.com')).length).toBe(0);
  expect((await rowsWith(service.storage, 'other@example.com')).length).toBeGreaterThan(0);
});

test('the workspace is deleted by its name, and that is taken back', async () => {
  await press('Delete My company…');
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Delete the workspace' });
  await dialog.getByLabel('Type My company to go on').fill('My compan');
  expect(await confirm.isDisabled()).toBe(true);
  await dialog.getByLabel('Type My company to go on').fill('My company');
  await confirm.click();
  await page.getByRole('heading', { name: 'This workspace is to be deleted' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await service
    .api('post', '/api/v1/leads')
    .send({ fields: { country: 'US' } })
    .expect(409);
  await press('Take it back and go on');
  await page.getByRole('button', { name: 'Delete My company…' }).waitFor();
  await service
    .api('post', '/api/v1/leads')
    .send({ fields: { country: 'US' } })
    .expect(200);
});
