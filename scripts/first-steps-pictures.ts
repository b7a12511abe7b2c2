import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openStorage } from '../server/storage/open-storage.ts';
import { openFirstStepsWorld } from '../test/support/first-steps-world.ts';

const LEADS = 60;

/** Draws the first five minutes: people found, a policy proposed, and the comparison of some dozens of leads. */
export async function drawFirstStepsPictures(browser: Browser, folder: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-first-steps-'));
  const storage = await openStorage({ dataDir });
  const world = await openFirstStepsWorld(storage);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const press = (name: string) => page.getByRole('button', { name }).click();
  const draw = async (name: string): Promise<void> => {
    await page.screenshot({ path: `${folder}/first-steps-${name}.png`, fullPage: name !== 'compare' });
    console.log(`docs/pictures/first-steps-${name}.png`);
  };
  await page.goto(world.url);
  await press('Connect HubSpot');
  await press('Connect app');
  await page.getByRole('checkbox', { name: /Dana Whitfield/ }).waitFor();
  await draw('people');
  await press('These 12 take leads');
  await press('Propose a policy');
  await page.getByText('rules are guesses').waitFor();
  await draw('policy');
  await press('Publish for the log only');
  await page.getByText('Waiting for the next new lead').waitFor();
  for (let n = 0; n < LEADS; n++) {
    await world.arrive();
    await page.waitForTimeout(150);
  }
  await page.goto(`${world.url}/compare`);
  await page.getByText('with nobody now').waitFor();
  await page.waitForTimeout(25_000);
  await draw('compare');
  await context.close();
  await world.close();
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
}
