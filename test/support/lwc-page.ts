/**
 * The Lightning card in a page, and a service behind it whose answers a test sets. It decides nothing.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildCardPage, type CardPageOptions } from '../../salesforce-lwc-bridge/preview/card-page.ts';

/** What FairleadCardController answers. */
export interface ControllerAnswer {
  readonly body?: string;
  readonly problem?: string;
  readonly detail?: string;
  readonly stored?: Readonly<Record<string, string>> | null;
}

export interface LwcPage {
  readonly url: string;
  /** Calls of the controller so far: `method` and its parameters. */
  readonly calls: { readonly method: string; readonly params: Record<string, unknown> }[];
  /** What the controller answers from now on; `getCard` unless another method is named. */
  readonly answer: (answer: ControllerAnswer, method?: string) => void;
  /** From now on the controller cannot be used: 403 with this message, as without its permission set. */
  readonly refuse: (message: string) => void;
  /** From now on nothing is answered. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/** Opens the page on a free port of this machine. */
export async function openLwcPage(options: Partial<CardPageOptions> = {}): Promise<LwcPage> {
  const page = await buildCardPage({
    source: '/apex',
    recordId: '00Q000000000001AAA',
    timeZone: 'Europe/Berlin',
    ...options,
  });
  const answers = new Map<string, ControllerAnswer>();
  const calls: LwcPage['calls'] = [];
  let refusal: string | null = null;
  let isStalled = false;

  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    const method = (request.url ?? '').replace('/apex/', '');
    calls.push({ method, params: JSON.parse(await text(request)) });
    if (isStalled) return;
    const reply =
      refusal === null
        ? (answers.get(method) ?? { problem: 'unavailable', detail: '' })
        : { message: refusal };
    response
      .writeHead(refusal === null ? 200 : 403, { 'content-type': 'application/json' })
      .end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    answer: (answer, method = 'getCard') => void answers.set(method, answer),
    refuse: (message) => {
      refusal = message;
    },
    stall: () => {
      isStalled = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
