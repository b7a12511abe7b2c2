import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Where a command reads the time and writes to: passed in, so that tests have their own. */
export interface Terminal {
  /** `isTTY`: a terminal shows it, so it may be coloured. */
  readonly out: Writable & { readonly isTTY?: boolean };
  /** `isTTY`: a person looks at it, so progress may be shown. */
  readonly err: Writable & { readonly isTTY?: boolean };
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Text that is written at once: a line at a time is slow. Characters. */
const AT_ONCE = 65_536;

/** Lines to a stream, a good deal at a time, and no faster than it takes them. */
export interface LineWriter {
  readonly line: (text: string) => Promise<void>;
  readonly flush: () => Promise<void>;
}

export const createLineWriter = (stream: Writable): LineWriter => {
  let pending = '';
  const flush = async (): Promise<void> => {
    const text = pending;
    pending = '';
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  };
  return {
    line: async (text) => {
      pending += `${text}\n`;
      if (pending.length >= AT_ONCE) await flush();
    },
    flush,
  };
};
