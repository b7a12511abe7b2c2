import { createBell } from '../../base/bell.ts';

/** Does something again and again, until it is stopped; `everyMs`: how often. */
export const createGoingOn = (
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
) => {
  const stopping = new AbortController();
  const bell = createBell();
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(onError);
      await bell.wait(everyMs, stopping.signal);
    }
  };
  return {
    start: (): void => {
      running = run();
    },
    /** Resolves once what is in hand is done. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};
