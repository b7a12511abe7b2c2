import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBody } from '../../server/http/body.ts';

const server = createServer();
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

/** A request of which half of the body was sent. */
const halfSent = async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 4\r\n\r\n{"');
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  // What ends early says so as an error too.
  request.on('error', () => undefined);
  return { socket, request };
};

test('a body that is cut short while it is read is refused', async () => {
  const { socket, request } = await halfSent();
  const body = readBody(request, 100);
  socket.destroy();
  await expect(body).rejects.toMatchObject({ code: 'request_aborted' });
});

test('a body that was cut short before anybody read it is refused as well, and not waited for', async () => {
  const { socket, request } = await halfSent();
  socket.destroy();
  await new Promise((resolve) => request.on('close', resolve));
  await expect(readBody(request, 100)).rejects.toMatchObject({ code: 'request_aborted' });
});
