/**
 * A lead's whole way in both CRMs, each part as people use it: the CRM's own automation asks, the card on the record shows
 * the offer and why, a rep claims in Slack or on the card, and everybody sees it.
 */
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { routeNewContacts } from '../support/route-new-contacts.ts';
import { openWorld, orgUser, ownerId, PORTAL, type World } from '../support/world.ts';

const REPS = [
  'Dana Whitfield',
  'Sam Okafor',
  'Jo Brandt',
  'Max Lindqvist',
  'Priya Raman',
  'Aiko Tanaka',
  'Elif Yildiz',
  'Imogen Hartley',
  'Callum Fraser',
  'Sofia Reyes',
].map((name) => {
  const id = name.split(' ')[0]!.toLowerCase();
  return { id, name, email: `${id}@example.com`, timezone: 'America/New_York', teams: ['all'] };
});

/** Whatever comes is offered to whoever is next. */
const POLICY = {
  fairlead: 1,
  name: 'All is offered',
  timezone: 'America/New_York',
  fields: { country: { type: 'country', hubspot: 'contact.country', salesforce: 'Lead.Country' } },
  queues: [{ id: 'holding', name: 'Holding', salesforce: 'Holding' }],
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ team: 'all' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  rules: [],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT1H', clock: 'elapsed' }],
};

/** Longer than bundling a card and the slowest of the many steps, on a machine that does other things too. */
const PATIENT_MS = 180_000;

let browser: Browser;
let world: World;
let desk: Page;
let slack: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  world = await openWorld({ reps: REPS, policy: POLICY, slack: true, salesforce: true });
  const workflow = routeNewContacts(['email', 'firstname', 'country', 'hubspot_owner_id']);
  world.sandbox.hubspot.workflows.define(PORTAL, [workflow]);
}, PATIENT_MS);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  expect(complaints).toEqual([]);
});
beforeEach(async () => {
  await desk?.context().close();
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  context.setDefaultTimeout(PATIENT_MS / 2);
  context.on('weberror', (error) => complaints.push(error.error().message));
  [desk, slack] = [await context.newPage(), await context.newPage()];
});

const card = () => desk.frameLocator('[data-card]');
const cardFrame = (): Frame => desk.frames().find((frame) => frame.url().includes('/cards/'))!;

/** Which of the reps the card names as the one who is asked. */
const offeredTo = async (): Promise<(typeof REPS)[number]> => {
  const [standing = ''] = ((await card().locator('main').textContent()) ?? '').split('Why');
  const found = REPS.filter(({ name }) => standing.includes(name));
  expect(found, standing).toHaveLength(1);
  return found[0]!;
};

const openSlackOf = (rep: (typeof REPS)[number]) =>
  slack.goto(`${world.sandbox.url}/slack?user=U${String(REPS.indexOf(rep)).padStart(8, '0')}`);
const slackCard = (lead: string) =>
  slack.locator('.message').filter({ has: slack.getByRole('heading', { name: new RegExp(`^${lead}\\b`) }) });

/** Nobody is shut out, and nothing runs over the edge, on a desk as on a phone. */
const expectGoodPage = async () => {
  expect(await accessibilityProblems(desk)).toEqual([]);
  expect(await accessibilityProblems(cardFrame())).toEqual([]);
  await desk.setViewportSize({ width: 360, height: 740 });
  expect(await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await accessibilityProblems(desk)).toEqual([]);
  await desk.setViewportSize({ width: 1440, height: 1000 });
};

test('a contact enrolled by a workflow is claimed on its HubSpot card, and Slack says so', {
  timeout: PATIENT_MS,
}, async () => {
  await desk.goto(`${world.sandbox.url}/desk/new`);
  await desk.getByLabel('First name').fill('Ada');
  await desk.getByLabel('E-mail').fill('ada@engines.example');
  await desk.getByRole('button', { name: 'Create lead' }).click();
  await card().getByText('Everybody').first().waitFor();
  const rep = await offeredTo();
  await desk.getByLabel('You are').selectOption(rep.name);
  await openSlackOf(rep);
  await slackCard('Ada').getByRole('button', { name: 'Claim' }).waitFor();
  await expectGoodPage();
  await card().getByRole('button', { name: 'Claim' }).click();
  await slackCard('Ada').getByText('This lead is yours.').waitFor();
  await card().getByText('Assigned').first().waitFor();
  const owner = ownerId(REPS.indexOf(rep));
  await expect.poll(() => desk.locator('#ownerId').inputValue(), { timeout: PATIENT_MS / 2 }).toBe(owner);
});

test('two hundred leads of a Flow: one is claimed in Slack, and its Lightning card shows it', {
  timeout: PATIENT_MS,
}, async () => {
  await desk.goto(`${world.sandbox.url}/desk/salesforce`);
  await desk.getByLabel('New leads').fill('200');
  await desk.getByRole('button', { name: 'Create and ask the Flow' }).click();
  await desk.getByText('Fairlead decided 200 of 200.').waitFor();
  expect(await accessibilityProblems(desk)).toEqual([]);
  const [run] = world.sandbox.salesforce.flow.runs();
  const [lead = ''] = run?.leadIds ?? [];
  await desk.goto(`${world.sandbox.url}/desk/salesforce/${lead}`);
  await card().locator('.as-of').waitFor();
  await card().getByText('Everybody').first().waitFor();
  await card().getByText('was next in line').first().waitFor();
  const rep = await offeredTo();
  await expectGoodPage();
  await openSlackOf(rep);
  const { Name } = world.sandbox.salesforce.record({ id: lead });
  await slackCard(String(Name)).getByRole('button', { name: 'Claim' }).click();
  await card().locator('c-fairlead-standing').getByText('Assigned').waitFor();
  const owner = orgUser(world, rep.email);
  await expect.poll(() => desk.locator('#ownerId').inputValue(), { timeout: PATIENT_MS / 2 }).toBe(owner);
});
