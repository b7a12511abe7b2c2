import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from '../http/open-service.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openServicePage, type ServicePage } from '../support/service-page.ts';

let service: TestService;
let opened: ServicePage;
let page: Page;

beforeAll(async () => {
  service = await openService({ CONSOLE_LOCAL_SIGN_IN: 'on' });
  await setUp(service);
  opened = await openServicePage(service, '/settings#keys', { viewport: { width: 1280, height: 1000 } });
  page = opened.page;
});
afterAll(() => opened?.close());

const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const shown = async (): Promise<string> => {
  const told = page.locator('.api-key-shown code');
  await told.waitFor();
  const key = (await told.textContent()) ?? '';
  await press('I have copied it');
  await told.waitFor({ state: 'detached' });
  return key;
};
const statusFor = async (key: string): Promise<number> =>
  (await service.anyone.get('/api/v1/policy').set('authorization', `Bearer ${key}`)).status;

test('a key is made, shown once, replaced and revoked', async () => {
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  await press('Make a key…');
  await page.getByLabel('What uses it').fill('website');
  await page.getByLabel('see decisions').check();
  await press('Make the key');
  const first = await shown();
  expect(first).toMatch(/^fl_[\w-]{43}$/);
  expect(await statusFor(first)).toBe(200);
  expect(await page.content()).not.toContain(first);
  const row = page.locator('.api-key', { hasText: 'website' });
  expect(await row.textContent()).toContain(
    'May see decisions, pools, the policy, reps and connections; give leads',
  );
  expect(await row.textContent()).toContain(first.slice(0, 9));

  await press('Replace website');
  await press('Replace the secret');
  const second = await shown();
  expect([await statusFor(first), await statusFor(second)]).toEqual([200, 200]);
  expect(await row.textContent()).toContain(`The secret before (${first.slice(0, 9)}…) serves until`);
  expect(await accessibilityProblems(page)).toEqual([]);

  await press('Revoke website');
  const question = page.getByRole('dialog', { name: 'Revoke website?' });
  await question.getByText('It ends at once').waitFor();
  await question.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('1 revoked or expired').waitFor();
  expect([await statusFor(first), await statusFor(second)]).toEqual([401, 401]);
});

test('the audit log says who did so, by kind and by whom', async () => {
  await page.reload();
  const list = page.getByRole('list', { name: 'Changes' });
  await list.getByText('revoked an API key').waitFor();
  const first = await list.getByRole('listitem').first().textContent();
  expect(first).toContain('This machine');
  await page.getByRole('textbox', { name: 'Who', exact: true }).fill('API key bootstrap');
  await list.getByText('published a policy').waitFor();
  await list.getByText('revoked an API key').waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'What', exact: true }).click();
  await page.getByRole('option', { name: 'Policies' }).click();
  await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
  const address = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href');
  expect(address).toBe('/api/v1/audit.csv?action=policy.&who=key%3Abootstrap');
});
