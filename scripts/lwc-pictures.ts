import type { Browser, Page } from 'playwright-core';
import { type ControllerAnswer, openLwcPage } from '../test/support/lwc-page.ts';
import { AS_OF, RECORD_CARDS, type RecordCardName } from '../test/support/record-cards.ts';

interface LwcPicture {
  readonly name: string;
  readonly card: RecordCardName | null;
  readonly width: number;
  readonly dir?: 'ltr' | 'rtl';
  readonly locale?: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const NARROW = 400;
const WIDE = 960;
const DOWN: ControllerAnswer = {
  problem: 'unavailable',
  detail: '',
  stored: {
    reason: RECORD_CARDS.assigned.explanation.reason,
    outcome: 'assigned',
    assignedName: 'Dana Whitfield',
    rule: 'Large companies',
    decidedAt: RECORD_CARDS.assigned.explanation.decidedAt,
  },
};

const open =
  (...sections: readonly RegExp[]) =>
  async (page: Page): Promise<void> => {
    for (const name of sections) await page.getByRole('button', { name }).click();
    await page.mouse.click(1, 1);
  };

const decline = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Decline', exact: true }).click();

const PICTURES: readonly LwcPicture[] = [
  { name: 'lwc-offered', card: 'offeredToMe', width: NARROW },
  { name: 'lwc-wide', card: 'assigned', width: WIDE, prepare: open(/Rules tried/, /What happened/) },
  { name: 'lwc-decline', card: 'offeredToMe', width: NARROW, prepare: decline },
  { name: 'lwc-refused', card: 'writeRefused', width: NARROW },
  { name: 'lwc-waiting', card: 'waiting', width: NARROW },
  { name: 'lwc-down', card: null, width: NARROW },
  { name: 'lwc-right-to-left', card: 'rightToLeft', width: NARROW, dir: 'rtl', locale: 'ar' },
];

async function draw(browser: Browser, folder: string, picture: LwcPicture): Promise<void> {
  const { dir = 'ltr', locale = 'en-US' } = picture;
  const service = await openLwcPage({ dir, locale });
  service.answer(picture.card ? { body: JSON.stringify(RECORD_CARDS[picture.card]) } : DOWN);
  const context = await browser.newContext({
    viewport: { width: picture.width, height: 200 },
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.install({ time: new Date(AS_OF) });
  await page.goto(service.url);
  await page.locator('.as-of, .stored').waitFor();
  await picture.prepare?.(page);
  await page.screenshot({ path: `${folder}/${picture.name}.png`, fullPage: true });
  await context.close();
  await service.close();
  console.log(`docs/pictures/${picture.name}.png`);
}

/** Draws the Lightning card in its more telling states. */
export async function drawLwcPictures(browser: Browser, folder: string): Promise<void> {
  for (const picture of PICTURES) await draw(browser, folder, picture);
}
