import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageForEachTest } from '../support/page-for-each-test.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { ANNA, ASSIGN_PATH, BEN, type OpenSandbox, openSandbox } from '../support/sandbox-account.ts';

let receiver: Receiver;
let sandbox: OpenSandbox;
const browser = pageForEachTest();

beforeAll(async () => {
  receiver = await openReceiver((request) =>
    request.path === ASSIGN_PATH
      ? { body: { outputFields: { hs_execution_state: 'SUCCESS', outcome: 'assigned', rep: 'Anna' } } }
      : {},
  );
  sandbox = await openSandbox({ fairleadUrl: receiver.url });
});
afterAll(async () => {
  await sandbox?.close();
  await receiver?.close();
});

const lead = (firstname: string, more = {}) =>
  sandbox.hubspot.create({
    objectType: 'contacts',
    properties: {
      email: `${firstname.toLowerCase()}@example.com`,
      firstname,
      lifecyclestage: 'lead',
      ...more,
    },
  }).id;

test('a lead that comes in appears at the top without a reload, and its owner as soon as there is one', async () => {
  lead('Olga');
  await browser.page.goto(`${sandbox.url}/desk/contacts`);
  await browser.page.getByRole('link', { name: 'Olga' }).waitFor();
  const id = lead('Noa', { lastname: 'לוי' });
  const first = browser.page.locator('tbody tr').first();
  await first.getByText('Noa לוי').waitFor();
  expect(await first.getByText('No owner').isVisible()).toBe(true);
  sandbox.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: ANNA });
  await first.getByText('Anna Rep').waitFor();
});

test('a person gives a record to somebody else; the page says who did it', async () => {
  const id = lead('Pia');
  await browser.page.goto(`${sandbox.url}/desk/contacts/${id}`);
  await browser.page.getByLabel('You are').selectOption('ben@example.com');
  await browser.page.waitForLoadState();
  await browser.page.getByLabel('Owner').selectOption('Anna Rep');
  await browser.page.getByText('Owner set to').waitFor();
  await browser.page.locator('.timeline li', { hasText: 'Owner set to' }).getByText('by Ben Rep').waitFor();
  const { history } = sandbox.hubspot.record({ objectType: 'contacts', id });
  expect(history.hubspot_owner_id?.[0]).toMatchObject({
    value: ANNA,
    source: { type: 'CRM_UI', userId: 9002 },
  });
});

test('a record tells what the workflow did and what the app wrote', async () => {
  const id = lead('Rea', { message: '<script>alert(1)</script>' });
  await sandbox.call('PATCH', `/crm/objects/2026-03/contacts/${id}`, {
    properties: { hubspot_owner_id: BEN },
  });
  await browser.page.goto(`${sandbox.url}/desk/contacts/${id}`);
  const run = browser.page.locator('.timeline li', { hasText: 'Enrolled in Route leads' });
  await run.getByText('Done').first().waitFor();
  expect(await run.locator('dd').allTextContents()).toEqual(['assigned', 'Anna']);
  await browser.page.locator('.timeline li', { hasText: 'Owner set to' }).getByText('by Fairlead').waitFor();
  await browser.page.getByRole('paragraph').filter({ hasText: '<script>alert(1)</script>' }).waitFor();
});

test('a new lead is made with the keyboard alone and goes to the workflow', async () => {
  await browser.page.goto(`${sandbox.url}/desk/contacts`);
  await browser.page.keyboard.press('n');
  await browser.page.getByRole('heading', { name: 'New lead' }).waitFor();
  await browser.page.keyboard.type('Sam');
  await browser.page.keyboard.press('Tab');
  await browser.page.keyboard.type('Tidewater');
  await browser.page.keyboard.press('Tab');
  await browser.page.keyboard.type('sam@tidewater.example');
  await browser.page.getByLabel('Company name').fill('Tidewater');
  await browser.page.getByLabel('Employees').fill('1200');
  await browser.page.getByLabel('Country').selectOption('Germany');
  await browser.page.getByRole('button', { name: 'Create lead' }).press('Enter');
  await browser.page.getByRole('heading', { name: 'Sam Tidewater' }).waitFor();
  await browser.page.getByText('1,200 employees').waitFor();
  await browser.page.getByText('Enrolled in Route leads').waitFor();
});

test('what HubSpot would refuse is refused with its reason, and what was typed stays', async () => {
  lead('Taken');
  await browser.page.goto(`${sandbox.url}/desk/new`);
  await browser.page.getByLabel('First name').fill('Second');
  await browser.page.getByLabel('E-mail').fill('taken@example.com');
  await browser.page.getByRole('button', { name: 'Create lead' }).click();
  await browser.page.getByRole('alert').getByText('already exists').waitFor();
  expect(await browser.page.getByLabel('First name').inputValue()).toBe('Second');
});

test('editing a record is not disturbed by what happens meanwhile', async () => {
  const id = lead('Ute');
  await browser.page.goto(`${sandbox.url}/desk/contacts/${id}`);
  await browser.page.getByText('Edit', { exact: true }).click();
  await browser.page.getByLabel('Job title').fill('CEO');
  sandbox.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: BEN });
  await browser.page.getByLabel('Phone number').fill('+49 30 1');
  expect(await browser.page.getByLabel('Job title').inputValue()).toBe('CEO');
  await browser.page.getByRole('button', { name: 'Save' }).click();
  await browser.page.locator('.facts').getByText('CEO').waitFor();
});

test('searching and filtering by owner', async () => {
  sandbox.hubspot.changeOwner({ objectType: 'contacts', id: lead('Vera'), ownerId: BEN });
  await browser.page.goto(`${sandbox.url}/desk/contacts`);
  await browser.page.keyboard.press('/');
  await browser.page.keyboard.type('vera');
  await expect.poll(() => browser.page.locator('tbody tr').count()).toBe(1);
  await browser.page.goto(`${sandbox.url}/desk/contacts?owner=${BEN}`);
  const owners = await browser.page.locator('td[data-label=Owner]').allTextContents();
  expect(new Set(owners.map((text) => text.slice(-7)))).toEqual(new Set(['Ben Rep']));
});

test('on a phone nothing runs over the edge', async () => {
  await browser.page.setViewportSize({ width: 360, height: 740 });
  const id = lead('Wolfgang-Maximilian', { lastname: 'Freiherr von und zu Hohenlohe-Langenburg' });
  for (const path of ['', '/desk/contacts', `/desk/contacts/${id}`, '/desk/new']) {
    await browser.page.goto(sandbox.url + path);
    const over = await browser.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
});
