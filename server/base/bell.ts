/** Wakes one sleeper. A ring while nobody sleeps is kept for the next, so that none is lost between two waits. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves after a ring, after `ms`, or once `ended` is aborted. */
  readonly wait: (ms: number, ended?: AbortSignal) => Promise<void>;
}

/** A bell nobody has rung. */
export const createBell = (): Bell => {
  let rung = false;
  let answer: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      answer?.();
    },
    wait: (ms, ended) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      const done = () => resolve();
      ended?.addEventListener('abort', done, { once: true });
      answer = done;
      if (rung || ended?.aborted) resolve();
      return promise.finally(() => {
        clearTimeout(timer);
        ended?.removeEventListener('abort', done);
        answer = null;
        rung = false;
      });
    },
  };
};
