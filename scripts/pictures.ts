/**
 * Draws the pictures in docs/ again (`npm run pictures`, or some: `npm run pictures -- hubspot-card`): the console's
 * pages, the two cards, alone and on the sandbox's desk, the desks of the other CRMs, and the Home in Slack, with sample data in a real browser.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../test/support/browser.ts';
import { type ConsoleFixture, openConsoleFixture } from '../test/support/console-fixture.ts';
import { SAMPLE_FILE } from '../test/support/past-fixture.ts';
import { drawCards } from './card-pictures.ts';
import { drawDeskPictures } from './desk-pictures.ts';
import { drawFirstStepsPictures } from './first-steps-pictures.ts';
import { drawLwcPictures } from './lwc-pictures.ts';
import { drawSamplePictures } from './sample-pictures.ts';
import { drawSlackPictures } from './slack-pictures.ts';

interface Picture {
  readonly name: string;
  readonly leads: number;
  readonly width?: number;
  readonly dark?: boolean;
  readonly open?: boolean;
  /** Another page than the live one. */
  readonly path?: string;
  /** What is pressed before the picture is taken, one after the other. */
  readonly press?: readonly string[];
  /** What has to be there before the picture is taken; absent: what every such page has. */
  readonly wait?: string;
  /** What the picture begins at, where not at the top of the page. */
  readonly from?: string;
  /** The window's height. */
  readonly height?: number;
  /** The whole page, not only what fits the window. */
  readonly whole?: boolean;
  /** A file that is chosen. */
  readonly file?: { readonly name: string; readonly text: string };
  readonly prepare?: (fixture: ConsoleFixture) => void;
}

const FOLDER = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const PICTURES: readonly Picture[] = [
  { name: 'console-live', leads: 60 },
  { name: 'console-live-dark', leads: 60, dark: true },
  { name: 'console-lead', leads: 60, open: true },
  { name: 'console-why-not', leads: 60, open: true, press: ['Why not Priya Raman?'] },
  { name: 'console-policy', leads: 60, path: '/policy', press: ['What changed in version 3'] },
  { name: 'console-draft', leads: 60, path: '/policy', press: ['A desk for Germany'] },
  { name: 'console-draft-checked', leads: 60, path: '/policy', press: ['Write a draft', 'Check and save'] },
  { name: 'console-rollback', leads: 60, path: '/policy', press: ['Go back to version 2'] },
  { name: 'console-offboarding', leads: 60, press: ['Dana Whitfield leaves…'] },
  { name: 'console-policy-phone', leads: 60, path: '/policy', width: 390 },
  {
    name: 'past-try',
    leads: 60,
    path: '/policy',
    press: ['Write a draft', 'Check and save', 'Try it on the past'],
    wait: '.moved',
    from: '#try-title',
    height: 1500,
  },
  {
    name: 'past-try-dark',
    leads: 60,
    path: '/policy',
    dark: true,
    press: ['Write a draft', 'Check and save', 'Try it on the past'],
    wait: '.moved',
    from: '#try-title',
    height: 1500,
  },
  { name: 'past-fairness', leads: 60, path: '/pools/enterprise', wait: '.lag-figure svg', whole: true },
  { name: 'past-fairness-observed-dark', leads: 60, path: '/pools/mid', wait: '.lag-figure svg', dark: true },
  {
    name: 'past-audit',
    leads: 60,
    path: '/audit',
    file: { name: 'leads-2026.csv', text: SAMPLE_FILE },
    press: ['Measure'],
    wait: '.says',
    whole: true,
  },
  { name: 'console-empty', leads: 0 },
  { name: 'console-phone', leads: 60, width: 390 },
];

/** What shows that the page is there. */
const firstOf = ({ open, path }: Picture): string => {
  if (open) return '.candidate';
  if (path === undefined) return '.chart svg';
  return path === '/policy' ? '.rules-in-words' : '#page h2';
};

async function draw(browser: Browser, picture: Picture): Promise<void> {
  const fixture = await openConsoleFixture(picture.leads);
  picture.prepare?.(fixture);
  const context = await browser.newContext({
    viewport: { width: picture.width ?? 1440, height: picture.height ?? 900 },
    colorScheme: picture.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(
    `${fixture.url}${picture.open ? `/decisions/dec_${String(picture.leads).padStart(8, '0')}` : (picture.path ?? '/')}`,
  );
  await page.locator(firstOf(picture)).first().waitFor();
  if (picture.file)
    await page.locator('input[type=file]').setInputFiles({
      name: picture.file.name,
      mimeType: 'text/csv',
      buffer: Buffer.from(picture.file.text),
    });
  for (const name of picture.press ?? []) await page.getByRole('button', { name }).first().click();
  if (picture.wait) await page.locator(picture.wait).first().waitFor();
  if (picture.from)
    await page
      .locator(picture.from)
      .evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 80));
  if (picture.press || picture.wait) await page.waitForTimeout(400);
  await page.screenshot({ path: `${FOLDER}/${picture.name}.png`, fullPage: picture.whole === true });
  await context.close();
  await fixture.close();
  console.log(`docs/pictures/${picture.name}.png`);
}

await mkdir(FOLDER, { recursive: true });
const browser = await openBrowser();
const wanted = process.argv[2] ?? '';
for (const picture of PICTURES.filter(({ name }) => name.startsWith(wanted))) await draw(browser, picture);
if ('hubspot-card'.startsWith(wanted)) await drawCards(browser);
if ('slack-home'.startsWith(wanted)) await drawSlackPictures(browser, FOLDER);
if ('desk'.startsWith(wanted)) await drawDeskPictures(browser, FOLDER);
if ('sample'.startsWith(wanted)) await drawSamplePictures(browser, FOLDER);
if ('first-steps'.startsWith(wanted)) await drawFirstStepsPictures(browser, FOLDER);
if ('lwc'.startsWith(wanted)) await drawLwcPictures(browser, FOLDER);
await browser.close();
