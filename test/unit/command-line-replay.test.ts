import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../support/command-line.ts';

type Asked = { readonly after: number; readonly limit: number };

/** A service that answers so; gives its address and what it was asked. */
const serve = async (answer: (asked: Asked) => { status?: number; body: unknown }) => {
  const asked: (Asked & { key: string | undefined; path: string | undefined })[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = (await json(request)) as Asked;
    asked.push({ ...body, key: request.headers.authorization, path: request.url });
    const { status = 200, body: said } = answer(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

const counts = (same: number, differs = 0) => ({ same, differs, inputs_erased: 1, not_asked: 0 });

test('every page is asked for; what comes out otherwise is told, and ends with 1', async () => {
  const differing = [
    {
      decision: 'dec_7',
      result: 'differs',
      engine: 1,
      differences: [{ part: 'rule', stored: '"de"', replayed: '"us"' }],
    },
  ];
  const { url, asked } = await serve(({ after }) => ({
    body:
      after === 0
        ? { left: 250, counts: counts(199), differing: [], next: 205 }
        : { left: 50, counts: counts(48, 1), differing, next: null },
  }));
  const { code, out, err } = await run('replay', '--url', `${url}/`, '--key', 'fl_test');
  expect([code, err]).toEqual([1, '']);
  expect(out).toBe(
    'dec_7: rule was "de" and is now "us"\n' +
      '248 decided again: 247 bit for bit the same, 1 otherwise. 2 could not be: their inputs are erased.\n',
  );
  expect(asked).toEqual(
    [0, 205].map((after) => ({ after, limit: 200, key: 'Bearer fl_test', path: '/api/v1/decisions/replay' })),
  );
  const printed = await run('replay', '--url', url, '--key', 'fl_test', '--json');
  expect(
    printed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(differing);
});

test('all the same ends with 0', async () => {
  const { url } = await serve(() => ({ body: { left: 3, counts: counts(2), differing: [], next: null } }));
  expect((await run('replay', '--url', url, '--key', 'k')).code).toBe(0);
});

test.each([
  [{ status: 401, body: { detail: 'Send an API key.' } }, /answers 401: Send an API key\./],
  [{ body: { hello: true } }, /does not answer as Fairlead does/],
])('a service that does not answer so is said: %j', async (answer, said) => {
  const { url } = await serve(() => answer);
  const { code, err } = await run('replay', '--url', url, '--key', 'k');
  expect(code).toBe(2);
  expect(err).toMatch(said);
});

test('nothing that answers, and no key, are said with the remedy', async () => {
  expect((await run('replay', '--url', 'http://127.0.0.1:9', '--key', 'k')).err).toMatch(/--url/);
  expect((await run('replay', '--url', 'http://127.0.0.1:9')).err).toMatch(/--key is missing/);
});
