import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type CardBundle, cardPage } from '../../preview/card-page.ts';
import type { RecordCard } from '../../src/app/cards/record-card.ts';
import { NOW } from './sample-cards.ts';

/** How the service behaves: a card, no answer at all, an answer that never comes, or one that says who is unknown. */
export type Behaviour = RecordCard | 'down' | 'silent' | 'unknown_portal';

export interface CardFixture {
  readonly url: string;
  /** What was asked: method, path, and body where there was one. */
  readonly asked: readonly { readonly method: string; readonly path: string; readonly body: unknown }[];
  /** From now on the service answers like this. */
  readonly become: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
}

/** A page with the card, and a service behind it that answers as it is told. */
export async function openCardFixture(bundle: CardBundle, first: Behaviour): Promise<CardFixture> {
  let behaviour = first;
  const asked: { method: string; path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://fixture');
    if (pathname === '/') return void response.setHeader('content-type', 'text/html').end(page());
    if (!pathname.startsWith('/service/')) return void response.writeHead(204).end();
    const sent = await text(request);
    asked.push({ method: request.method ?? '', path: pathname, body: sent === '' ? null : JSON.parse(sent) });
    answer(response, behaviour);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = () => cardPage(bundle, { ...LOOKER, fetchUrl: `${url}/service` });
  return {
    url,
    asked,
    become: (next) => {
      behaviour = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const LOOKER = {
  objectTypeId: '0-1',
  objectId: 501,
  portalId: 62515,
  user: { id: 9, email: 'dana@example.com', firstName: 'Dana', lastName: 'Whitfield', locale: 'en-gb' },
};

function answer(response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour === 'silent') return;
  if (behaviour === 'down') return void response.destroy();
  const body =
    behaviour === 'unknown_portal'
      ? { ok: false, error: { code: behaviour, detail: '' } }
      : { ok: true, card: behaviour };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** A page that looks at the fixture, always at the same instant and from the same zone. */
export async function look(
  browser: Browser,
  fixture: CardFixture,
  options: BrowserContextOptions = {},
  onError: (text: string) => void = () => {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 900 },
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => onError(String(error)));
  page.on('console', (line) => line.type() === 'error' && onError(line.text()));
  await page.clock.setFixedTime(NOW);
  await page.goto(fixture.url);
  return page;
}
