import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startChild } from '../sandbox/launch/child.ts';
import { choosePort } from '../sandbox/launch/ports.ts';

const START = fileURLToPath(new URL('../start.ts', import.meta.url));
/** Rows that fill a page. */
const ROWS = 11;
const WITHIN_MS = 180_000;

const freePort = async (): Promise<number> => Number(await choosePort(0, '127.0.0.1', false));

/** The newest lead that has a rep: its page. */
const openRouted = async (page: Page, desk: string): Promise<void> => {
  const row = page
    .locator('tbody tr')
    .filter({ hasNotText: 'Inbound holding' })
    .filter({ hasText: 'compan' });
  const href = await row.first().locator('a').first().getAttribute('href');
  await page.goto(new URL(href ?? desk, desk).href);
};

/** The panel of Fairlead on a lead's page. */
const drawPanel = async (page: Page, crm: 'zoho' | 'dynamics', folder: string): Promise<void> => {
  const frame = page.locator('iframe[data-card]');
  const inside = frame.contentFrame();
  const panel = crm === 'dynamics' ? inside.locator('iframe').contentFrame() : inside;
  await panel.getByRole('link', { name: 'Open in Fairlead' }).waitFor();
  await frame.screenshot({ path: `${folder}/${crm}-panel.png` });
  console.log(`docs/pictures/${crm}-panel.png`);
};

/** Draws the desks of the CRMs beside HubSpot and Salesforce as `npm start` fills them: a list, and a lead of each other, with its panel; and what is connected. */
export async function drawSamplePictures(browser: Browser, folder: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-pictures-'));
  const port = await freePort();
  const sandboxPort = await freePort();
  const sample = startChild('npm start', START, {
    PATH: process.env.PATH,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    SANDBOX_SEED: '9',
    SANDBOX_ARRIVALS: '200',
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  try {
    for (const crm of ['zoho', 'dynamics', 'pipedrive'] as const) {
      const desk = `http://localhost:${sandboxPort}/desk/${crm}`;
      const until = Date.now() + WITHIN_MS;
      const rows = page.locator('tbody tr').filter({ hasText: 'compan' });
      for (let found = 0; found < (crm === 'zoho' ? ROWS : 1); ) {
        if (Date.now() > until) throw new Error(`${crm} has only ${found} routed leads`);
        found = await page.goto(desk).then(
          () => rows.count(),
          () => 0,
        );
        await page.waitForTimeout(500);
      }
      if (crm !== 'zoho') await openRouted(page, desk);
      await page.screenshot({ path: `${folder}/desk-${crm}.png` });
      console.log(`docs/pictures/desk-${crm}.png`);
      if (crm === 'zoho') await openRouted(page, desk);
      if (crm !== 'pipedrive') await drawPanel(page, crm, folder);
    }
    await page.goto(`http://localhost:${port}/connections`);
    await page.getByRole('heading', { name: 'Slack' }).waitFor();
    await page.screenshot({ path: `${folder}/connections.png` });
    console.log('docs/pictures/connections.png');
  } finally {
    await page.close();
    // With nobody arriving everything is drained within the time that is given.
    await fetch(`http://localhost:${sandboxPort}/control/people`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        arrivalsPerMinute: 0,
        salesforcePerMinute: 0,
        dynamicsPerMinute: 0,
        zohoPerMinute: 0,
        pipedrivePerMinute: 0,
        present: false,
      }),
    });
    await sample.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
