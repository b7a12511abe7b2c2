import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import { problem, sendProblem } from '../../server/http/problem.ts';
import { sendText } from '../../server/http/send-text.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that sends these texts to whoever asks; how its sending ended. */
const sending = async (texts: AsyncIterable<string>) => {
  const { promise: ended, resolve } = Promise.withResolvers<unknown>();
  const app = express().use(async (_request, response) => {
    const failure = await sendText(response, { 'content-type': 'text/plain' }, texts).catch((error) => error);
    if (failure !== undefined) sendProblem(response, failure);
    resolve(failure);
  });
  const server = app.listen(0, '127.0.0.1');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, ended };
};

test('a reader who leaves in the middle is no failure, and no more is made for them', async () => {
  let tidied = false;
  async function* endless() {
    try {
      for (;;) yield 'x'.repeat(100_000);
    } finally {
      tidied = true;
    }
  }
  const { port, ended } = await sending(endless());
  const reader = connect(port, '127.0.0.1');
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(reader, 'data');
  reader.destroy();
  expect(await ended).toBeUndefined();
  expect(tidied).toBe(true);
});

test('what fails before the first of it is told, and what fails later breaks it off', async () => {
  async function* failing(before: readonly string[]) {
    yield* before;
    throw problem('not_found', 'There is nothing.');
  }
  const early = await sending(failing([]));
  expect((await fetch(`http://127.0.0.1:${early.port}/`)).status).toBe(404);
  const late = await sending(failing(['one']));
  const whole = fetch(`http://127.0.0.1:${late.port}/`).then((reply) => reply.text());
  await expect(whole).rejects.toThrow();
  expect(await late.ended).toMatchObject({ code: 'not_found' });
});
