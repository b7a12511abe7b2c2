import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A vendor with an account that holds nothing, and tokens that it rotates at every refresh. */
export interface TokenVendor {
  readonly url: string;
  /** Refresh tokens it was asked with, in order. */
  readonly asked: readonly string[];
  /** How long its next access tokens last, in seconds; how it goes on. */
  readonly set: (how: {
    readonly lifeSeconds?: number;
    /** Answers 503 to so many refreshes before it gives one. */
    readonly failNext?: number;
    /** Whether a refresh token serves once only; else it goes on until the next one is used. */
    readonly strict?: boolean;
    /** Answers to refreshes wait for it. */
    readonly hold?: Promise<void>;
  }) => void;
  readonly close: () => Promise<void>;
}

export const openTokenVendor = async (first: { readonly access: string; readonly refresh: string }) => {
  const asked: string[] = [];
  let how = { lifeSeconds: 1_800, failNext: 0, strict: true, hold: Promise.resolve() };
  let serves = [first.refresh];
  const access = new Set([first.access]);
  let made = 0;

  const refresh = async (token: string) => {
    asked.push(token);
    const { lifeSeconds, strict, hold } = how;
    if (how.failNext > 0) {
      how.failNext--;
      return { status: 503, body: { message: 'try again' } };
    }
    const known = serves.includes(token);
    const next = { access_token: `vendor-access-${++made}`, refresh_token: `vendor-refresh-${made}` };
    if (known) {
      serves = strict ? [next.refresh_token] : [token, next.refresh_token];
      access.add(next.access_token);
    }
    await hold;
    if (known) return { status: 200, body: { ...next, expires_in: lifeSeconds, token_type: 'bearer' } };
    return { status: 400, body: { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' } };
  };

  const answer = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await textOf(request));
    if (form.get('grant_type') === 'refresh_token') return refresh(form.get('refresh_token') ?? '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (!access.has(token)) return { status: 401, body: { category: 'INVALID_AUTHENTICATION' } };
    return { status: 200, body: { total: 0, results: [] } };
  };

  const server = createServer((request, response) => {
    answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const vendor: TokenVendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    set: (next) => {
      how = { ...how, ...next };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return vendor;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};
