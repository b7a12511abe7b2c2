import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { WorkerMessage } from './pglite-worker.ts';

/**
 * A socket to the PGlite thread, as node-postgres wants one. What is written within one turn of the event loop goes
 * over in one message, so that a pipeline of statements costs one round trip.
 */
export class PgliteSocket extends Duplex {
  readonly #worker: Worker;
  #pending: Buffer[] = [];

  constructor(worker: Worker) {
    super({ allowHalfOpen: false });
    this.#worker = worker;
    worker.on('message', this.#receive);
    worker.once('error', (error) => this.destroy(error as Error));
    worker.once('exit', () => this.destroy());
  }

  /** node-postgres connects its stream itself; this one is connected from the start. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#pending.push(chunk) === 1) setImmediate(this.#flush);
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off('message', this.#receive);
    done(error);
  }

  readonly #flush = (): void => {
    const bytes = new Uint8Array(Buffer.concat(this.#pending));
    this.#pending = [];
    this.#worker.postMessage(bytes, [bytes.buffer]);
  };

  readonly #receive = (message: WorkerMessage): void => {
    if (message.kind === 'data' && message.bytes.length > 0) {
      this.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
    }
  };
}
