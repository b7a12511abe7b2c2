import { Agent, request as httpRequest } from 'node:http';
import type { Attempt } from './attempts.ts';

/** What came back; null: nothing, because the attempt itself hung up. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 250 });
const PATIENCE_S = 20;

/** Puts an attempt on the wire as it is: no library may tidy it. */
export const send = (port: number, method: string, attempt: Attempt): Promise<Answer | null> =>
  new Promise((resolve, reject) => {
    const { body, cut } = attempt;
    const length = body === null ? (method === 'GET' ? null : 0) : body.length + (cut ? 10 : 0);
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path: attempt.target,
        headers: { ...attempt.headers, ...(length !== null && { 'content-length': length }) },
        agent: cut ? false : agent,
      },
      (response) => {
        const chunks: Buffer[] = [];
        const done = () =>
          resolve({
            status: response.statusCode ?? 0,
            type: String(response.headers['content-type'] ?? ''),
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', done);
        response.on('error', reject);
        // A stream of events never ends by itself.
        if (response.headers['content-type'] === 'text/event-stream') {
          done();
          sent.destroy();
        }
      },
    );
    // Counted in ticks: while the whole process is paused nobody waits.
    let ticks = 0;
    const waiting = setInterval(() => {
      if (++ticks > PATIENCE_S) sent.destroy(new Error(`No answer within ${PATIENCE_S} s`));
    }, 1_000);
    sent.on('close', () => clearInterval(waiting));
    sent.on('error', (error: NodeJS.ErrnoException) =>
      // Refused before the body was read, or hung up by us.
      cut || error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(null) : reject(error),
    );
    if (body !== null) sent.write(body);
    if (cut) setTimeout(() => sent.destroy(), 5);
    else sent.end();
  });
