import type { ConnectionInfo } from '../assignments/ports.ts';
import { createBell } from '../base/bell.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import type { Vendors } from './connect-vendors.ts';

export interface WatchParts {
  readonly vendors: Pick<Vendors, 'connections'>;
  readonly tenants: Pick<Tenants, 'list'>;
  /** How often it is looked; absent: every two minutes. Milliseconds. */
  readonly everyMs?: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** Something done again and again beside what is waited for. */
export interface Watch {
  readonly start: () => void;
  /** Resolves once the look in hand is done. */
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 120_000;

/** Looks at every connection, one after another, again and again. `what` it is about, for the log. */
export const createWatch = (
  parts: WatchParts,
  what: string,
  look: (connection: ConnectionInfo) => Promise<void>,
): Watch => {
  const stopping = new AbortController();
  const bell = createBell();
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await bell.wait(parts.everyMs ?? EVERY_MS, stopping.signal);
      if (!stopping.signal.aborted) await lookAtAll(parts, what, look, stopping.signal);
    }
  };
  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

const lookAtAll = async (
  { vendors, tenants, onError }: WatchParts,
  what: string,
  look: (connection: ConnectionInfo) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  try {
    for (const { id } of await tenants.list())
      for (const connection of await vendors.connections.list(id)) {
        if (signal.aborted) return;
        await look(connection).catch((error: unknown) =>
          onError(error, `connection ${connection.id} could not be asked ${what}`),
        );
      }
  } catch (error) {
    onError(error, `asking ${what} failed`);
  }
};
