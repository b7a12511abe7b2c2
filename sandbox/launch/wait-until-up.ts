import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';

const POLL_MS = 100;

const answers = async (url: string): Promise<boolean> => {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
};

/** Waits until a program answers 200. Throws when it ends first, or takes longer than `limitMs`. */
export const waitUntilUp = async (child: Child, url: string, limitMs: number): Promise<void> => {
  let ended: number | null | undefined;
  void child.exited.then((code) => {
    ended = code;
  });
  const limit = Date.now() + limitMs;
  while (!(await answers(url))) {
    if (ended !== undefined) {
      throw new Error(
        `${child.name} ended while starting (exit code ${ended ?? 'none'}): its message stands above.`,
      );
    }
    if (Date.now() > limit)
      throw new Error(`${child.name} did not answer at ${url} within ${limitMs / 1000} s.`);
    await sleep(POLL_MS);
  }
};
