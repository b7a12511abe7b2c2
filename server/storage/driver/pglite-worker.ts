/**
 * The thread PGlite lives in, so that a long statement never holds up the process's event loop. It is a pipe: bytes
 * of the PostgreSQL protocol in, the answer's bytes out, in order.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { DurableFS, fsyncCalls } from './durable-fs.ts';

/** How the thread is to open its database. Without `directory` the data is in memory. */
export interface WorkerOptions {
  readonly directory?: string;
  /** A data directory as a tar archive, to start a database in memory from. */
  readonly snapshot?: Uint8Array<ArrayBuffer>;
  /** Compiled once per process, because compiling costs more than opening. */
  readonly module: WebAssembly.Module;
}

/** What the thread says: it is open, the answer to one message, or that it is closed. */
export type WorkerMessage =
  | { readonly kind: 'open'; readonly fsyncs: number }
  | { readonly kind: 'data'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'fsyncs'; readonly fsyncs: number }
  | { readonly kind: 'closed' };

/** What the thread is told: bytes to execute, or one of two commands. */
export type WorkerCommand = Uint8Array<ArrayBuffer> | 'close' | 'fsyncs';

const MEMORY = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB'];
const DURABLE = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];

const startParams = (durable: boolean): string[] => [
  ...PGlite.defaultStartParams.filter((parameter) => !(durable && parameter === '-F')),
  ...MEMORY,
  ...(durable ? DURABLE : []),
];

const open = (options: WorkerOptions): Promise<PGlite> =>
  PGlite.create({
    pgliteWasmModule: options.module,
    startParams: startParams(options.directory !== undefined),
    ...(options.directory === undefined ? {} : { fs: new DurableFS(options.directory) }),
    ...(options.snapshot === undefined ? {} : { loadDataDir: new Blob([options.snapshot]) }),
  });

const join = (chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
};

const serve = async (port: NonNullable<typeof parentPort>): Promise<void> => {
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const database = await open(workerData as WorkerOptions);

  const execute = (bytes: Uint8Array): void => {
    const chunks: Uint8Array[] = [];
    // Runs to its end before it returns; the promise it gives only stands for a file sync that we do not need.
    void database.execProtocolRawStream(bytes, {
      syncToFs: false,
      onRawData: (chunk) => chunks.push(chunk.slice()),
    });
    const answer = join(chunks);
    post({ kind: 'data', bytes: answer }, [answer.buffer]);
  };

  port.on('message', async (command: WorkerCommand) => {
    if (command === 'fsyncs') return post({ kind: 'fsyncs', fsyncs: fsyncCalls() });
    if (command !== 'close') return execute(command);
    await database.close();
    post({ kind: 'closed' });
    port.close();
  });
  post({ kind: 'open', fsyncs: fsyncCalls() });
};

if (parentPort !== null) await serve(parentPort);
