import { once } from 'node:events';
import type { RequestHandler, Response } from 'express';
import type { ChangeCursor } from '../../assignments/queries.ts';
import { createBell } from '../../base/bell.ts';
import { authenticate } from '../authenticate.ts';
import { endOf } from '../end-of.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';

/** Other processes on the same database do not tell this one: it looks that often by itself. */
const LOOK_EVERY_MS = 2_000;
/** Proxies close a connection on which nothing is said. */
const HEARTBEAT_MS = 15_000;
/** Under a flood of leads a page is told at most that often, and then only of the newest. */
const REST_MS = 200;
const MOST_AT_ONCE = 200;

/** The document of the stream, kept beside its handler. */
export const decisionStreamDocument = Object.freeze({
  method: 'get' as const,
  path: '/api/v1/decisions/stream',
  summary: 'Server-sent events: `decision` on each new decision or change of its assignment',
});

/** Streams decisions as they are made. `Last-Event-ID` resumes where a lost connection ended. */
export const decisionStream =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const allowed = () => authenticate(parts, request, 'read');
    const { tenantId } = await allowed();
    await parts.limits.ofTenant(tenantId, 'reads');
    const resumed = parseCursor(request.headers['last-event-id']);
    const leave = parts.limits.place(tenantId, 'streams');
    try {
      const from = resumed ?? (await parts.queries.changes(tenantId, null, 0)).cursor;
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: 1000\nid: ${toId(from)}\n\n`);
      await follow(response, { tenantId, from, allowed }, parts);
    } finally {
      leave();
    }
  };

interface Followed {
  readonly tenantId: string;
  readonly from: ChangeCursor;
  /** Rejects once whoever asked may not any more. */
  readonly allowed: () => Promise<unknown>;
}

const follow = async (
  response: Response,
  { tenantId, from, allowed }: Followed,
  parts: HttpParts,
): Promise<void> => {
  const signedOut = new AbortController();
  const ended = AbortSignal.any([endOf(response, parts.readiness.draining), signedOut.signal]);
  const bell = createBell();
  const unlisten = parts.live.listen(tenantId, bell.ring);
  // Whoever was signed out meanwhile hears no more. The loop ends the reply: it may be about to write.
  const heartbeat = setInterval(() => {
    response.write(': still here\n\n');
    allowed().catch(() => signedOut.abort());
  }, HEARTBEAT_MS);
  try {
    for (let cursor = from; !ended.aborted; ) {
      const { items, cursor: next } = await parts.queries.changes(tenantId, cursor, MOST_AT_ONCE);
      cursor = next;
      const text = items.map((item) => `event: decision\ndata: ${JSON.stringify(item)}\n`).join('\n');
      if (text && !response.write(`${text}id: ${toId(next)}\n\n`))
        await once(response, 'drain', { signal: ended });
      await createBell().wait(REST_MS, ended);
      await bell.wait(LOOK_EVERY_MS, ended);
    }
  } catch (error) {
    // The browser comes back by itself, with the id it has seen last.
    if (!ended.aborted) parts.log.warn({ err: error }, 'a stream of decisions ended early');
  } finally {
    clearInterval(heartbeat);
    unlisten();
    response.end();
  }
};

const toId = (cursor: ChangeCursor): string => `${cursor.decision}.${cursor.event}`;

const parseCursor = (id: string | string[] | undefined): ChangeCursor | null => {
  if (id === undefined || id === '') return null;
  const found = typeof id === 'string' ? /^(\d{1,15})\.(\d{1,15})$/.exec(id) : null;
  if (found) return { decision: Number(found[1]), event: Number(found[2]) };
  throw problem('invalid_request', 'Correct the fields named in errors.', [
    { field: '/headers/last-event-id', message: 'must be an id this stream gave, or absent' },
  ]);
};
