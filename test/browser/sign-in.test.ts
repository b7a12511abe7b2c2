import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { openSignInWorld, type SignInWorld } from '../support/sign-in-world.ts';

let browser: Browser;
let world: SignInWorld;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  world = await openSignInWorld('pglite');
}, 120_000);
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await world?.close();
});

/** A browser of somebody who was never here. */
const somebody = async (): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  contexts.push(context);
  return context.newPage();
};
const signInAs = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
  await page.getByRole('link', { name, exact: true }).click();
};
const choose = async (page: Page, field: string, option: string): Promise<void> => {
  await page
    .getByRole('textbox', { name: field })
    .or(page.getByRole('combobox', { name: field }))
    .first()
    .click();
  await page.getByRole('option', { name: option }).first().click();
};
const picture = async (page: Page, name: string): Promise<void> => {
  if (!process.env.PICTURES) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${process.env.PICTURES}/${name}-${colorScheme}.png`, fullPage: true });
  }
};

test('from the first link to the last sign-out', { timeout: 120_000 }, async () => {
  // The operator opens the link that was printed, and becomes the owner.
  const olga = await somebody();
  await olga.goto((await world.service.firstLink()) ?? '');
  await olga.getByLabel('Your name').fill('Olga');
  await picture(olga, 'owner-link');
  await olga.getByRole('button', { name: 'Become an owner' }).click();
  await olga.getByText('You came by a link that serves once').waitFor();

  // She adds a way to come again.
  await olga.getByRole('link', { name: 'Also sign in with Harbour ID' }).click();
  await olga.getByRole('link', { name: 'Olga Petrova' }).click();
  await olga.getByRole('heading', { name: 'You', exact: true }).waitFor();
  await expect.poll(() => olga.getByText('You came by a link').count()).toBe(0);

  // She invites an auditor and a rep.
  for (const [email, role] of [
    ['dana@example.com', 'Auditor'],
    ['sam@example.com', 'Rep'],
  ] as const) {
    await olga.getByLabel('Invite by e-mail').fill(email);
    await choose(olga, 'As', role);
    await olga.getByRole('button', { name: 'Invite', exact: true }).click();
    await olga.getByRole('list', { name: 'Invited' }).getByText(email).waitFor();
  }
  await picture(olga, 'settings');
  for (const colorScheme of ['dark', 'light'] as const) {
    await olga.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await olga.waitForFunction(
      (scheme) => document.documentElement.dataset.mantineColorScheme === scheme,
      colorScheme,
    );
    expect(await accessibilityProblems(olga)).toEqual([]);
  }

  // Who was sent to connect an account signs in first, and comes back to it.
  const dana = await somebody();
  await dana.goto(`${world.url}/oauth/hubspot/install`);
  await dana.getByText('You are not signed in').waitFor();
  await picture(dana, 'sign-in');
  expect(await accessibilityProblems(dana)).toEqual([]);
  await signInAs(dana, 'Dana Whitfield');
  await dana.getByRole('heading', { name: 'Connections' }).waitFor();
  expect(new URL(dana.url()).pathname).toBe('/connections');

  // An auditor sees all of it and no button that changes anything.
  await dana.goto(`${world.url}/settings`);
  await dana.getByRole('list', { name: 'People' }).getByText('Olga').first().waitFor();
  expect(await dana.getByRole('button', { name: /Invite|Remove/ }).count()).toBe(0);
  await dana.goto(`${world.url}/policy`);
  await dana.getByRole('heading', { name: /No policy is live|Version/ }).waitFor();
  expect(await dana.getByRole('button', { name: 'Write a draft' }).count()).toBe(0);

  // She is made an admin: signed out, she signs in again with it.
  await olga.reload();
  const changed = olga.waitForResponse((reply) => reply.url().endsWith('/role'));
  await choose(olga, 'Role of Dana Whitfield', 'Admin');
  expect((await changed).status()).toBe(200);
  await dana.reload();
  await dana.getByText('You are not signed in').waitFor();
  // The provider knows her still.
  await dana.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
  await dana.getByRole('button', { name: 'Write a draft' }).waitFor();
  await dana.goto(`${world.url}/settings`);
  await dana.getByRole('list', { name: 'People' }).getByText('Olga').first().waitFor();
  expect(await dana.getByRole('button', { name: /Invite|Remove/ }).count()).toBe(0);

  // Who is to be removed is asked about first.
  await olga.getByRole('button', { name: 'Remove Dana Whitfield' }).click();
  const question = olga.getByRole('dialog', { name: 'Remove Dana Whitfield?' });
  await picture(olga, 'remove');
  expect(await accessibilityProblems(olga)).toEqual([]);
  await question.getByRole('button', { name: 'Keep it' }).click();
  await question.waitFor({ state: 'detached' });

  // Who signs out is out.
  await dana.getByRole('button', { name: 'Signed in as Dana Whitfield' }).click();
  await dana.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await dana.getByText('You are not signed in').waitFor();
  await dana.goto(`${world.url}/settings`);
  await dana.getByText('You are not signed in').waitFor();
});

test('a rep sees their own leads alone, claims one, and goes away', { timeout: 120_000 }, async () => {
  const put = async (path: string, body: unknown) =>
    expect((await world.api(path, body, undefined, 'PUT')).status).toBe(200);
  // Offers go to whom a message can reach.
  const slack = {
    vendor: 'slack',
    externalId: 'T1',
    name: 'Harbour',
    scopes: [],
    tokens: { accessToken: 'x' },
  };
  const { id } = (await (await world.api('/api/v1/connections', slack)).json()) as { id: string };
  await world.storage.executeSql(
    `insert into rep_identity (tenant_id, connection_id, kind, external_id, details)
     select tenant_id, id, 'user', 'U1', '{"email": "sam@example.com"}' from connection where id = $1`,
    [id],
  );
  await put('/api/v1/reps', [
    { id: 'sam', name: 'Sam Okafor', email: 'sam@example.com' },
    { id: 'dana', name: 'Dana Whitfield', email: 'dana@example.com' },
  ]);
  await put('/api/v1/policy', {
    fairlead: 1,
    name: 'Inbound',
    timezone: 'UTC',
    hours: { 'mon-sun': '00:00-24:00' },
    fields: { country: { type: 'country' } },
    pools: [{ id: 'all', name: 'Everybody', method: 'round_robin', members: [{ rep: 'sam' }] }],
    rules: [],
    fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT20M', clock: 'elapsed' }],
  });
  await world.api('/api/v1/people/invitations', { email: 'sam@example.com', role: 'rep' });
  const routed = await world.api('/api/v1/leads', {
    fields: { country: 'US' },
    person: { name: 'Marta Kowalczyk', company: 'Northwind Freight' },
  });
  expect(routed.status).toBe(200);
  const sam = await somebody();
  await sam.goto(world.url);
  await signInAs(sam, 'Sam Okafor');
  await sam.getByText('Marta Kowalczyk').waitFor();
  expect(await sam.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()).toEqual([
    'My leads',
  ]);
  await picture(sam, 'me');
  expect(await accessibilityProblems(sam)).toEqual([]);
  await sam.getByRole('button', { name: 'Claim' }).click();
  await sam.getByText('Nothing waits for your answer.').waitFor();
  await sam.getByRole('region', { name: 'Your leads' }).getByText('Marta Kowalczyk').waitFor();
  await sam.getByRole('button', { name: 'I am away' }).click();
  await sam.getByText('You are away until you switch back').waitFor();
  await sam.getByRole('button', { name: 'I am back' }).click();
  await sam.getByRole('button', { name: 'I am away' }).waitFor();
});
