import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSTALLED = [
  process.env.CHROME_PATH,
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A headless browser: the one that came with `npm ci` on Linux x64, elsewhere the installed Chrome (or CHROME_PATH). */
export async function openBrowser(): Promise<Browser> {
  const bundled = process.platform === 'linux' && process.arch === 'x64';
  const executablePath = bundled
    ? await chromium.executablePath()
    : INSTALLED.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('No browser found: install Chrome, or set CHROME_PATH to one.');
  return playwright.launch({
    executablePath,
    args: [...(bundled ? chromium.args.filter((arg) => arg !== '--single-process') : []), ...QUIET],
    headless: true,
  });
}
