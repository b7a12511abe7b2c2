import { Worker } from 'node:worker_threads';
import type { RunInThread, ThreadWorkKind } from '../assignments/thread-port.ts';
import { AppError } from '../base/app-error.ts';
import { doInThread, type Piece } from './in-thread.ts';

/** Threads that run at once. */
const THREADS = 2;
/** Pieces of work that wait for a thread, at most. */
const MOST_WAITING = 64;
/** A thread without work ends after so long. Milliseconds. */
const IDLE = 60_000;
/** How long a piece of work may take, and how much a thread may hold: milliseconds, MB. */
const LIMITS: Readonly<Record<ThreadWorkKind, number>> = { check: 60_000, simulate: 600_000, audit: 60_000 };
const MEMORY = 1024;

export interface Threads {
  readonly run: RunInThread;
  /** Ends every thread, whatever it does. */
  readonly close: () => Promise<void>;
}

interface Idle {
  readonly worker: Worker;
  readonly timer: NodeJS.Timeout;
}

/** A few threads for long work: started when there is some, ended when there is none. `limits`: for tests. */
export const createThreads = (limits: Partial<typeof LIMITS> = {}): Threads => {
  const workers = new Set<Worker>();
  const idle: Idle[] = [];
  const waiting: (() => void)[] = [];
  const closed = new AbortController();
  let running = 0;

  const start = (): Worker => {
    const worker = new Worker(new URL('thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    // It does not keep the process alive, and its errors are told to whoever waits for its work.
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => workers.delete(worker));
    workers.add(worker);
    return worker;
  };
  const take = (): Worker => {
    const found = idle.pop();
    clearTimeout(found?.timer);
    return found !== undefined && workers.has(found.worker) ? found.worker : start();
  };
  const rest = (worker: Worker): void => {
    const timer = setTimeout(() => {
      idle.splice(idle.indexOf(entry), 1);
      void worker.terminate();
    }, IDLE).unref();
    const entry = { worker, timer };
    idle.push(entry);
  };
  const turn = async (signal: AbortSignal): Promise<void> => {
    if (running < THREADS) {
      running++;
      return;
    }
    if (waiting.length >= MOST_WAITING) throw tooMany();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      const place = waiting.indexOf(resolve);
      // Its turn came in this very moment: whoever waits behind it stays.
      if (place < 0) return;
      waiting.splice(place, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(resolve);
    await promise;
    signal.removeEventListener('abort', leave);
  };
  const passOn = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  /** A thread that did not come to its end is ended: what it is at, nobody wants. */
  const work = async (piece: Piece, signal: AbortSignal): Promise<unknown> => {
    const worker = take();
    try {
      const answer = await doInThread(worker, piece, signal);
      rest(worker);
      return answer;
    } catch (error) {
      void worker.terminate();
      throw error;
    }
  };

  const run = async (piece: Piece, asked: AbortSignal | undefined): Promise<unknown> => {
    const gone = AbortSignal.any([closed.signal, ...(asked === undefined ? [] : [asked])]);
    if (gone.aborted) throw aborted();
    try {
      await turn(gone);
    } catch (error) {
      throw gone.aborted ? aborted() : error;
    }
    const time = AbortSignal.timeout(limits[piece.kind] ?? LIMITS[piece.kind]);
    try {
      return await work(piece, AbortSignal.any([gone, time]));
    } catch (error) {
      if (gone.aborted) throw aborted();
      throw time.aborted || isOutOfMemory(error) ? tooLong(error) : error;
    } finally {
      passOn();
    }
  };

  return {
    run: (async (kind: ThreadWorkKind, input: unknown, options = {}) =>
      run({ kind, input, pages: options.pages }, options.signal)) as RunInThread,
    close: async () => {
      closed.abort();
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
};

const isOutOfMemory = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

const aborted = (): AppError =>
  new AppError('request_aborted', 'The request ended before it was answered: send it again.', {
    status: 400,
  });

const tooLong = (cause: unknown): AppError =>
  new AppError('took_too_long', 'This took longer than it may: send less at once, or a smaller policy.', {
    status: 422,
    cause,
  });

const tooMany = (): AppError =>
  new AppError('unavailable', 'Too much is being worked on: send this again in a minute.', { status: 503 });
