import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { TestService } from '../http/open-service.ts';
import { openBrowser } from './browser.ts';

/** A browser's page on a service that was opened; `close` ends both. */
export interface ServicePage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Serves a service to a browser of its own and goes to a path. */
export const openServicePage = async (
  service: TestService,
  path: string,
  options: BrowserContextOptions,
): Promise<ServicePage> => {
  const server = createServer(service.app).listen(0, '127.0.0.1');
  const browser = await openBrowser();
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return {
    page,
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await service.close();
    },
  };
};
