import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser } from './browser.ts';

/**
 * A browser for a file's tests and for each of them a fresh page, of a person who was never here. No script of a page
 * may fail: that is checked at the end.
 */
export function pageForEachTest(): { readonly page: Page } {
  let browser: Browser;
  let page: Page | undefined;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => problems.push(error.message));
  });
  // Before what serves it closes: a page that asks now and then would find nobody there.
  afterEach(async () => {
    await page?.context().close();
    page = undefined;
  });
  afterAll(async () => {
    await browser?.close();
    expect(problems).toEqual([]);
  });
  return {
    get page(): Page {
      if (!page) throw new Error('There is a page only while a test runs.');
      return page;
    },
  };
}
