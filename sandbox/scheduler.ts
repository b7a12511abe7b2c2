/** Time as the stand-ins see it: the clock and the only way to do something later. Milliseconds. */
export interface Scheduler {
  readonly now: () => number;
  /** Runs `task` after `ms`; the returned function calls it off. */
  readonly after: (ms: number, task: () => void) => () => void;
}

/** Node's timers hold 31 bits; anything later is as good as never for a stand-in. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Real time. `scale` compresses waits (0.001 turns the 24 hours of webhook retries into 86 seconds); the clock is
 * not touched. Timers never keep the process alive.
 */
export const createScheduler = (options: { now?: () => number; scale?: number } = {}): Scheduler => {
  const scale = options.scale ?? 1;
  return {
    now: options.now ?? Date.now,
    after: (ms, task) => {
      const timer = setTimeout(task, Math.min(ms * scale, LONGEST_TIMER));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
};

/** Time that stands still until a test moves it. `advance` runs everything that falls due, in order. */
export const createManualScheduler = (
  start: number,
): Scheduler & { readonly advance: (ms: number) => void } => {
  let now = start;
  let due: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, task) => {
      const entry = { at: now + ms, task };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((entry) => entry !== next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
  };
};
