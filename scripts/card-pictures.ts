import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { bundleCard } from '../hubspot-app/preview/card-page.ts';
import { type Behaviour, look, openCardFixture } from '../hubspot-app/test/support/card-fixture.ts';
import { samples } from '../hubspot-app/test/support/sample-cards.ts';

interface Picture {
  readonly name: string;
  readonly shows: Behaviour;
  readonly width?: number;
  /** What a person does before the picture is taken. */
  readonly then?: (page: Page) => Promise<void>;
}

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const SIDEBAR = 360;
const WIDE = 620;

const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click();
const unfold = async (page: Page) => {
  for (const title of await page.locator('summary').all()) await title.click();
};

const PICTURES: readonly Picture[] = [
  { name: 'offered', shows: samples.offeredToMe },
  { name: 'assigned', shows: samples.assigned, then: unfold },
  { name: 'assigned-wide', shows: samples.assigned, width: WIDE, then: unfold },
  { name: 'others', shows: samples.offeredToOthers },
  { name: 'decline', shows: samples.offeredToMe, then: press('Decline') },
  { name: 'reassign', shows: samples.assigned, then: press('Reassign') },
  { name: 'waiting', shows: samples.waiting },
  { name: 'queue', shows: samples.inQueue },
  { name: 'closed', shows: samples.closed },
  { name: 'refused', shows: samples.writeRefused },
  { name: 'log-only', shows: samples.logOnly },
  { name: 'long-names', shows: samples.longNames, then: unfold },
  { name: 'right-to-left', shows: samples.rightToLeft, then: unfold },
  { name: 'missing', shows: samples.missing },
  { name: 'never-routed', shows: samples.neverRouted },
  { name: 'loading', shows: 'silent' },
  { name: 'down', shows: 'down' },
  { name: 'not-connected', shows: 'unknown_portal' },
];

/** Draws the HubSpot card in each of its states. */
export async function drawCards(browser: Browser): Promise<void> {
  const bundle = await bundleCard();
  for (const { name, shows, width = SIDEBAR, then } of PICTURES) {
    const fixture = await openCardFixture(bundle, shows);
    const page = await look(browser, fixture, { viewport: { width, height: 200 }, deviceScaleFactor: 2 });
    await page
      .locator(shows === 'silent' ? '.loading' : '.heading')
      .first()
      .waitFor();
    await then?.(page);
    await page.screenshot({ path: `${FOLDER}hubspot-card-${name}.png`, fullPage: true });
    await page.context().close();
    await fixture.close();
    console.log(`docs/pictures/hubspot-card-${name}.png`);
  }
}
