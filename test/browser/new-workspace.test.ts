import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld } from '../support/install-world.ts';
import { addElsewhere } from '../support/vendor-sign-ins.ts';

let browser: Browser;
let database: OwnedDatabase;
let world: InstallWorld;

beforeAll(async () => {
  browser = await openBrowser();
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage, {
    settings: { NEW_WORKSPACES: 'on', CONSOLE_LOCAL_SIGN_IN: 'off' },
  });
  addElsewhere(world.sandbox);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true });
};

test.for([
  ['light', 1280],
  ['dark', 390],
] as const)(
  'from a marketplace to a workspace of one’s own, %s at %d',
  {
    timeout: 120_000,
  },
  async ([colorScheme, width]) => {
    for (const table of ['person', 'connection']) await database.storage.executeSql(`delete from ${table}`);
    await database.storage.executeSql("delete from tenant where id <> 'ten_first'");
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(world.marketplaceUrl());
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await page.getByRole('link', { name: 'Sign in with Slack' }).click();
    await page.getByRole('link', { name: 'Anna Quist' }).click();
    // Signing in alone begins nothing.
    await page.getByText('No workspace here knows you').waitFor();
    await page.getByRole('heading', { name: 'Is your company new here?' }).waitFor();
    await picture(page, `begin-${width}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Begin with Slack' }).click();
    await page.getByRole('link', { name: 'Anna Quist' }).click();
    const parked = page.getByRole('region', { name: 'From the marketplace' });
    await parked.waitFor();
    await picture(page, `begun-${width}`);
    await parked.getByRole('button').click();
    await parked.waitFor({ state: 'detached' });
    const { rows } = await database.storage.executeSql(
      'select tenant.name, vendor, role from connection join tenant on tenant.id = tenant_id join person using (tenant_id)',
    );
    expect(rows).toEqual([{ name: 'Anna Quist', vendor: 'pipedrive', role: 'owner' }]);
    await context.close();
  },
);
