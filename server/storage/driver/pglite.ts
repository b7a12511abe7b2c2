import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../base/app-error.ts';
import { createCluster } from './create-cluster.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { PgliteSocket } from './pglite-socket.ts';
import type { WorkerCommand, WorkerMessage, WorkerOptions } from './pglite-worker.ts';

export interface PgliteOptions {
  /** The folder that holds the database folder and its lock; without it the data is in memory. */
  readonly dataDir?: string;
  /** A data directory as a tar archive, to start a database in memory from. */
  readonly snapshot?: Uint8Array<ArrayBuffer>;
}

/** A running PGlite thread. */
export interface PgliteThread {
  /** One socket, for the one client that may be connected. */
  readonly socket: () => PgliteSocket;
  /** How often the database has asked for a file to be on the disk since it was opened. */
  readonly fsyncs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

let compiled: Promise<WebAssembly.Module> | null = null;

const compile = (): Promise<WebAssembly.Module> => {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  compiled ??= readFile(join(folder, 'pglite.wasm')).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
};

const answer = async <K extends WorkerMessage['kind']>(
  worker: Worker,
  kind: K,
): Promise<Extract<WorkerMessage, { kind: K }>> => {
  for (;;) {
    // Rejects when the thread fails.
    const [message] = (await once(worker, 'message')) as [WorkerMessage];
    if (message.kind === kind) return message as Extract<WorkerMessage, { kind: K }>;
  }
};

const start = async (options: WorkerOptions): Promise<Worker> => {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: options,
    // Options of the process, such as a debugger's, are not the thread's.
    execArgv: [],
  });
  const opened = await answer(worker, 'open');
  if (options.directory !== undefined) checkDurable(opened);
  return worker;
};

const openLocked = async (dataDir: string): Promise<{ worker: Worker; lock: DirectoryLock }> => {
  const lock = await lockDirectory(join(dataDir, 'database.lock'));
  try {
    const directory = join(dataDir, 'database');
    await createCluster(directory);
    return { worker: await start({ directory, module: await compile() }), lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
};

/** A fresh cluster and a restarted one both write their state through before they answer. */
const checkDurable = ({ fsyncs }: { readonly fsyncs: number }): void => {
  if (fsyncs > 0) return;
  throw new AppError(
    'database_not_durable',
    'The embedded database does not write through to the disk. Use the pinned version of @electric-sql/pglite, or set DATABASE_URL.',
  );
};

const openInMemory = async (snapshot?: Uint8Array<ArrayBuffer>): Promise<Worker> =>
  start({ module: await compile(), ...(snapshot === undefined ? {} : { snapshot }) });

/** Opens PGlite in a thread of its own; with `dataDir`, on the disk and for this process alone. */
export const openPglite = async (options: PgliteOptions): Promise<PgliteThread> => {
  const { worker, lock } =
    options.dataDir === undefined
      ? { worker: await openInMemory(options.snapshot), lock: null }
      : await openLocked(options.dataDir);
  const command = (word: WorkerCommand): void => worker.postMessage(word);
  return {
    socket: () => new PgliteSocket(worker),
    fsyncs: async () => {
      command('fsyncs');
      return (await answer(worker, 'fsyncs')).fsyncs;
    },
    close: async () => {
      command('close');
      await answer(worker, 'closed');
      await lock?.release();
    },
  };
};
