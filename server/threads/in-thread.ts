import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { ThreadWorkKind } from '../assignments/thread-port.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/** A piece of work as a thread is given it. */
export interface Piece {
  readonly kind: ThreadWorkKind;
  readonly input: unknown;
  readonly pages: AsyncIterable<unknown> | undefined;
}

/** Does a piece of work in a thread of its own for the time. Rejects with what went wrong, or when `signal` is aborted. */
export const doInThread = async (
  worker: Worker,
  { kind, input, pages }: Piece,
  signal: AbortSignal,
): Promise<unknown> => {
  await tell(worker, { kind: 'begin', work: kind, input }, signal);
  if (pages !== undefined) for await (const page of pages) await tell(worker, { kind: 'page', page }, signal);
  return tell(worker, { kind: 'end' }, signal);
};

/** Tells the thread and waits for its word. An error the thread dies of rejects, too. */
const tell = async (worker: Worker, message: ToThread, signal: AbortSignal): Promise<unknown> => {
  signal.throwIfAborted();
  const said = once(worker, 'message', { signal }) as Promise<[FromThread]>;
  worker.postMessage(message);
  const [reply] = await said;
  switch (reply.kind) {
    case 'taken':
      return undefined;
    case 'answer':
      return reply.answer;
    case 'failed':
      throw reply.error;
    default:
      return reply satisfies never;
  }
};
