import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../server/http/openapi.ts';
import { API_KEY, openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
let server: Server;
let port: number;
beforeAll(async () => {
  service = await openService({ CONSOLE_LOCAL_SIGN_IN: 'on' });
  await setUp(service);
  server = createServer(service.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await service.close();
});

const route = () => service.api('post', '/api/v1/leads').send({ fields: { country: 'US' } });

/** A request with headers that fetch would not let us set. */
const ask = (path: string, headers: Record<string, string>, method = 'GET', body?: string) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );

const cookieOf = (headers: NodeJS.Dict<string | string[]>): string | undefined => {
  const [cookie] = (headers['set-cookie'] as string[] | undefined) ?? [];
  return cookie;
};

describe('health', () => {
  test('is told, and readiness looks at the database', async () => {
    expect((await service.anyone.get('/healthz').expect(200)).body).toEqual({ status: 'up' });
    expect((await service.anyone.get('/readyz').expect(200)).body).toEqual({ status: 'ready' });
  });

  test('metrics count decisions and name nobody', async () => {
    await route().expect(200);
    const { text, headers } = await service.anyone.get('/metrics').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toMatch(/fairlead_decisions_total\{source="api",outcome="assigned"\} [1-9]/);
    expect(text).toMatch(/fairlead_decision_seconds_count [1-9]/);
    expect(text).toMatch(/fairlead_lane_group_size_count [1-9]/);
    expect(text).toMatch(/fairlead_inbox_lag_seconds 0/);
    expect(text).toMatch(/fairlead_deliveries_pending \d/);
    expect(text).toMatch(/fairlead_alerts_open \d/);
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/ten_|dana/);
  });
});

describe('the stream', () => {
  /** Reads events until `enough` says so. */
  const read = async (
    headers: Record<string, string>,
    enough: (text: string) => boolean,
    act: () => Promise<unknown>,
  ) => {
    const stop = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/decisions/stream`, {
      headers: { authorization: `Bearer ${API_KEY}`, ...headers },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const acting = act();
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (enough(text)) break;
    }
    stop.abort();
    await acting;
    return text;
  };
  const eventsIn = (text: string) =>
    [...text.matchAll(/^data: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data as string) as { id: string; seq: number },
    );
  const idsIn = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id as string);

  test('tells of a decision as it is made', async () => {
    let made = '';
    const text = await read(
      {},
      (so) => so.includes('event: decision') && so.endsWith('\n\n'),
      async () => {
        made = (await route()).body.id;
      },
    );
    expect(eventsIn(text).map(({ id }) => id)).toEqual([made]);
  });

  test('goes on after the last event seen', async () => {
    let first = '';
    const text = await read(
      {},
      (so) => so.includes('event: decision') && so.endsWith('\n\n'),
      async () => {
        first = (await route()).body.id;
      },
    );
    const missed = [(await route()).body.id, (await route()).body.id];
    const resumed = await read(
      { 'last-event-id': idsIn(text).at(-1)! },
      (so) => eventsIn(so).length >= 2 && so.endsWith('\n\n'),
      async () => undefined,
    );
    expect(eventsIn(resumed).map(({ id }) => id)).toEqual(missed);
    expect(missed).not.toContain(first);
  });

  test('refuses an id it never gave', async () => {
    const { status, text } = await ask('/api/v1/decisions/stream', {
      authorization: `Bearer ${API_KEY}`,
      'last-event-id': 'x',
    });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ field: '/headers/last-event-id' }] });
  });
});

describe('a browser on this machine', () => {
  const page = (headers: Record<string, string>, path = '/') =>
    ask(path, { host: `localhost:${port}`, ...headers });

  test('is signed in, and its session reads and writes from the console alone', async () => {
    const opened = await page({});
    expect(opened.status).toBe(200);
    const cookie = cookieOf(opened.headers);
    expect(cookie).toMatch(/^__Host-fairlead_session=fs_[\w-]+; .*HttpOnly; Secure; SameSite=Lax$/);
    const session = { host: `localhost:${port}`, cookie: cookie!.split(';')[0]! };
    expect((await ask('/api/v1/overview', session)).status).toBe(200);
    expect(cookieOf((await page(session)).headers)).toBeUndefined();
    const pause = (headers: Record<string, string>) =>
      ask(
        '/api/v1/settings',
        { ...session, 'content-type': 'application/json', ...headers },
        'PUT',
        '{"paused":false}',
      );
    expect((await pause({ origin: `http://localhost:${port}` })).status).toBe(200);
    expect((await pause({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    const foreign = { origin: 'http://evil.example' };
    for (const headers of [
      {},
      foreign,
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { ...foreign, 'sec-fetch-site': 'same-origin' },
    ] as Record<string, string>[])
      expect((await pause(headers)).status).toBe(403);
  });

  test.each([
    ['by another name', { host: 'rebound.example' }],
    ['through a proxy', { 'x-forwarded-for': '203.0.113.9' }],
    ['through a proxy that says so otherwise', { forwarded: 'for=203.0.113.9' }],
  ])('is a stranger when it comes %s', async (_how, headers) => {
    expect(cookieOf((await page(headers)).headers)).toBeUndefined();
  });

  test('is not signed in by the API', async () => {
    expect((await ask('/api/v1/overview', { host: `localhost:${port}` })).status).toBe(401);
  });

  test('is shown the same page wherever in the console it is', async () => {
    const deep = await page({}, '/decisions/dec_1');
    expect(deep.headers['content-type']).toContain('text/html');
    expect(deep.headers['cache-control']).toBe('no-cache');
    const asset = /(?:src|href)="(\/assets\/[^"]+)"/.exec(deep.text)?.[1];
    const { headers, status } = await page({}, asset);
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('immutable');
    expect((await page({}, '/assets/none.js')).status).toBe(404);
  });
});

test('without CONSOLE_LOCAL_SIGN_IN nobody is signed in', async () => {
  const other = await openService();
  try {
    const response = await other.anyone.get('/').set('host', 'localhost:3000');
    expect(response.headers['set-cookie']).toBeUndefined();
  } finally {
    await other.close();
  }
});

test('every route is in the document', () => {
  const documented = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const stack = (service.app as unknown as { router: { stack: Layer[] } }).router.stack;
  const routes = stack.flatMap(({ route: found }) =>
    found ? Object.keys(found.methods).map((method) => `${method} ${found.path}`) : [],
  );
  expect(routes.length).toBeGreaterThan(20);
  expect(documented.toSorted()).toEqual([...routes, 'post /slack/events'].toSorted());
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
}
