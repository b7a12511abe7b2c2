import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that keeps what it is sent and answers as told. */
export const openReceiver = async (answer: (request: Received, count: number) => Answer = () => ({})) => {
  const received: Received[] = [];
  const server = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const raw = Buffer.concat(parts).toString('utf8');
    const request = {
      method: req.method ?? '',
      path: req.url ?? '',
      headers: req.headers,
      raw,
      body: JSON.parse(raw || 'null') as unknown,
    };
    received.push(request);
    const { status = 200, headers = {}, body } = answer(request, received.length);
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** Waits until so many requests have come. */
    until: async (count: number): Promise<readonly Received[]> => {
      await vi.waitUntil(() => received.length >= count, { timeout: 5000, interval: 5 });
      return received;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;
