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

const invite = async (email: string, role: string) =>
  expect((await world.api('/api/v1/people/invitations', { email, role })).status).toBe(200);
/** A browser in which somebody signs in. */
const signedIn = async (name: string, path = '/settings'): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(world.url + path);
  await page.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await mine(page).waitFor();
  return page;
};
const inviteOwner = async (page: Page): Promise<void> => {
  await page.getByLabel('Invite by e-mail').fill('new@example.com');
  await page
    .getByRole('combobox', { name: 'As' })
    .or(page.getByRole('textbox', { name: 'As' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Owner' }).click();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
};
const mine = (page: Page) => page.getByRole('list', { name: 'Browsers you are signed in in' });
/** Everybody’s proof of who they are is an hour old, also to what remembers sessions for seconds. */
const age = async (): Promise<void> => {
  await world.storage.executeSql("update session set proven_at = now() - interval '1 hour'");
  // Whoever is signed out has everybody looked up anew.
  await world.storage.executeSql(
    "insert into person (id, tenant_id, name, role) select 'per_aged', id, 'Ada', 'auditor' from tenant",
  );
  expect((await world.api('/api/v1/people/per_aged/sign-out', {})).status).toBe(200);
};
const picture = async (page: Page, name: string): Promise<void> => {
  if (!process.env.PICTURES) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(300);
      await page.screenshot({
        path: `${process.env.PICTURES}/${name}-${colorScheme}-${width}.png`,
        fullPage: true,
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
};

test('one’s browsers are signed out one by one and all at once, by keyboard too', {
  timeout: 120_000,
}, async () => {
  await invite('olga@example.com', 'owner');
  const here = await signedIn('Olga Petrova');
  const there = await signedIn('Olga Petrova');
  await signedIn('Olga Petrova');
  await here.reload();
  await mine(here).getByText('(this one)').waitFor();
  const buttons = mine(here).getByRole('button', { name: /^Sign out .+, signed in since/ });
  await expect.poll(() => buttons.count()).toBe(2);
  await picture(here, 'sessions');

  // The older of the two, without a mouse; and left as it is first.
  await buttons.last().focus();
  await here.keyboard.press('Enter');
  const question = here.getByRole('dialog', { name: /^Sign out .+\?$/ });
  await question.waitFor();
  await picture(here, 'sessions-question');
  expect(await accessibilityProblems(here)).toEqual([]);
  await here.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await buttons.count()).toBe(2);
  await buttons.last().focus();
  await here.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Sign out' }).press('Enter');
  await expect.poll(() => buttons.count()).toBe(1);
  await there.goto(`${world.url}/settings`);
  await there.getByText('You are not signed in').waitFor();

  await signedIn('Olga Petrova');
  await here.reload();
  await here.getByRole('button', { name: 'Sign out all others' }).click();
  await here
    .getByRole('dialog', { name: 'Sign out all other browsers?' })
    .getByRole('button', { name: 'Sign out all others' })
    .click();
  await expect.poll(() => buttons.count()).toBe(0);
  await here.reload();
  await mine(here).getByText('(this one)').waitFor();
});

test('a sign-in of long ago is asked for again, and one comes back', { timeout: 120_000 }, async () => {
  await invite('dana@example.com', 'admin');
  const olga = await signedIn('Olga Petrova');
  await signedIn('Dana Whitfield');
  await age();
  await olga.reload();
  await inviteOwner(olga);
  const refusal = olga.getByRole('alert').filter({ hasText: 'sign in again' });
  await refusal.waitFor();
  await picture(olga, 'sign-in-again-asked');
  expect(await accessibilityProblems(olga)).toEqual([]);
  await refusal.getByRole('link', { name: 'Sign in again' }).click();
  await olga.getByRole('heading', { name: 'Sign in again, Olga Petrova' }).waitFor();
  await picture(olga, 'sign-in-again');
  expect(await accessibilityProblems(olga)).toEqual([]);
  expect(await olga.getByRole('link', { name: 'Go back without' }).getAttribute('href')).toBe('/settings');
  // The provider knows the browser, and asks all the same.
  await olga.getByRole('link', { name: 'Sign in with Harbour ID' }).click();
  await olga.getByRole('link', { name: 'Olga Petrova', exact: true }).click();
  await olga.getByRole('heading', { name: 'You', exact: true }).waitFor();
  expect(new URL(olga.url()).pathname).toBe('/settings');
  await inviteOwner(olga);
  await olga.getByRole('list', { name: 'Invited' }).getByText('new@example.com').waitFor();

  for (const elsewhere of [
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/.//elsewhere.example',
    'javascript:1',
  ]) {
    await olga.goto(`${world.url}/sign-in?again=1&return=${encodeURIComponent(elsewhere)}`);
    const back = olga.getByRole('link', { name: 'Go back without' });
    expect([elsewhere, await back.getAttribute('href')]).toEqual([elsewhere, '/']);
  }
});

test('an admin signs out who is no owner, and a rep sees their own browsers', {
  timeout: 120_000,
}, async () => {
  await invite('sam@example.com', 'rep');
  await world.storage.executeSql("update person set role = 'admin' where name = 'Dana Whitfield'");
  const sam = await signedIn('Sam Okafor', '/');
  await mine(sam).getByText('(this one)').waitFor();
  await picture(sam, 'sessions-rep');
  expect(await accessibilityProblems(sam)).toEqual([]);
  const dana = await signedIn('Dana Whitfield');
  const people = dana.getByRole('list', { name: 'People' });
  await people.getByText('Olga Petrova').first().waitFor();
  await picture(dana, 'sessions-admin');
  expect(await dana.getByRole('button', { name: 'Sign out Olga Petrova' }).count()).toBe(0);
  expect(await dana.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
  await dana.getByRole('button', { name: 'Sign out Sam Okafor' }).click();
  const question = dana.getByRole('dialog', { name: 'Sign out Sam Okafor?' });
  expect(await accessibilityProblems(dana)).toEqual([]);
  await question.getByRole('button', { name: 'Sign out' }).click();
  await dana.getByRole('button', { name: 'Sign out Sam Okafor' }).waitFor({ state: 'detached' });
  await sam.reload();
  await sam.getByText('You are not signed in').waitFor();
  await people.getByText('Sam Okafor').waitFor();
});
