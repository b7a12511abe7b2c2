/**
 * A small service for looking at the console: real HTTP, the shapes of the API, and data that can be empty, crowded or failing.
 * It decides nothing; it only shows the console what the service would.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DecisionSummary, Overview } from '../../server/assignments/queries.ts';
import { replyAboutPool, replyToAudit, replyToTry } from './past-fixture.ts';
import { policyReply } from './policy-fixture.ts';
import { REPS, sampleDecision, sampleExplanation } from './sample-decisions.ts';
import { ADJUSTMENTS, OWNER, REFUSED, SIGNED_IN, sampleOverview, USAGES } from './sample-overview.ts';

const DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
  '.woff2': 'font/woff2',
};

interface Refusal {
  readonly code: string;
  readonly detail: string;
}

export interface ConsoleFixture {
  readonly url: string;
  /** A new decision arrives on the stream. */
  readonly arrive: () => DecisionSummary;
  /** From now on the API is down (the page's own files still load), up, or nobody is signed in. */
  readonly become: (state: 'up' | 'down' | 'signed_out' | 'slow') => void;
  /** What the next leads given by hand are refused with; null: they are given. */
  readonly refuse: (refusal: Refusal | null) => void;
  readonly change: (overview: Partial<Overview>) => void;
  readonly close: () => Promise<void>;
}

/** Serves the built console with `count` past decisions. */
export async function openConsoleFixture(count: number): Promise<ConsoleFixture> {
  const started = Date.now();
  let decisions = Array.from({ length: count }, (_, index) =>
    sampleDecision(count - index, started - index * 41_000),
  );
  let state: 'up' | 'down' | 'signed_out' | 'slow' = 'up';
  let changed: Partial<Overview> = {};
  let refusal: Refusal | null = null;
  let refused = REFUSED.slice(0, count === 0 ? 0 : REFUSED.length);
  const streams = new Set<ServerResponse>();

  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const page = (url: URL) => {
    const after = Number(url.searchParams.get('after') ?? Number.POSITIVE_INFINITY);
    const items = decisions
      .filter(({ seq }) => seq < after)
      .slice(0, Number(url.searchParams.get('limit') ?? 50));
    return { items, next: (items.at(-1)?.seq ?? 1) > 1 ? String(items.at(-1)!.seq) : null };
  };

  const api = (method: string, url: URL, response: ServerResponse): void => {
    if (state === 'down') return void response.destroy();
    if (state === 'signed_out')
      return void json(response, 401, { code: 'unauthenticated', detail: 'Sign in.' });
    if (state === 'slow') return;
    if (url.pathname === '/api/v1/overview')
      return void json(response, 200, sampleOverview(decisions.length, Date.now(), changed));
    if (url.pathname === '/api/v1/me') return void json(response, 200, OWNER);
    if (url.pathname === '/api/v1/people') return void json(response, 200, SIGNED_IN);
    if (url.pathname === '/api/v1/connections') return void json(response, 200, USAGES);
    if (url.pathname === '/api/v1/deliveries/refused') return void json(response, 200, refused);
    const retried = /^\/api\/v1\/deliveries\/([\w-]+)\/retry$/.exec(url.pathname)?.[1];
    if (retried) {
      refused = refused.filter(({ id }) => id !== retried);
      return void json(response, 200, { retried: true });
    }
    if (url.pathname.endsWith('/adjustments')) return void json(response, 200, ADJUSTMENTS);
    if (url.pathname === '/api/v1/settings') return void json(response, 200, {});
    if (url.pathname === '/api/v1/decisions') return void json(response, 200, page(url));
    if (url.pathname === '/api/v1/decisions/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (url.pathname === '/api/v1/reps') return void json(response, 200, REPS);
    const given = /^\/api\/v1\/assignments\/([\w-]+)\/reassign$/.exec(url.pathname)?.[1];
    if (given) {
      if (refusal !== null) return void json(response, 422, refusal);
      return void json(response, 200, { already: false });
    }
    const reply = policyReply(method, url.pathname);
    if (reply !== undefined) return void json(response, 200, reply);
    const found = decisions.find(({ id }) => url.pathname === `/api/v1/decisions/${id}/explanation`);
    if (found) json(response, 200, sampleExplanation(found, Date.parse(found.decidedAt)));
    else json(response, 404, { code: 'not_found', detail: 'There is no such decision.' });
  };

  /** What is said of the past: worked out, so a moment later. */
  const past = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (state === 'slow') return;
    if (url.pathname.endsWith('/simulate')) return replyToTry(response, JSON.parse(body).days);
    if (url.pathname.endsWith('/audit')) {
      const { status, body: said } = replyToAudit(url, body);
      return void json(response, status, said);
    }
    const known = await replyAboutPool(url.pathname);
    if (known === undefined) api(request.method ?? 'GET', url, response);
    else json(response, 200, known);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (/^\/api\/v1\/(leads\/audit$|pools\/|policy\/drafts\/[^/]+\/simulate$)/.test(url.pathname))
      return void past(request, url, response);
    if (url.pathname.startsWith('/api/')) return api(request.method ?? 'GET', url, response);
    const file = join(DIST, url.pathname);
    const path = extname(file) && existsSync(file) ? file : join(DIST, 'index.html');
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrive: () => {
      const decision = sampleDecision((decisions[0]?.seq ?? 0) + 1, Date.now());
      decisions = [decision, ...decisions];
      for (const stream of streams)
        stream.write(`event: decision\nid: ${decision.seq}\ndata: ${JSON.stringify(decision)}\n\n`);
      return decision;
    },
    become: (next) => {
      state = next;
      if (next !== 'up') for (const stream of streams) stream.destroy();
    },
    refuse: (next) => {
      refusal = next;
    },
    change: (next) => {
      changed = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
