import { z } from 'zod';
import type { Scheduler } from './scheduler.ts';

/** How pushes (webhooks, notifications) go astray on purpose. Shares are 0 to 1: 1 means every push. */
const PUSH_SETTINGS = z.strictObject({
  /** The share that never arrives. */
  drop: z.number().min(0).max(1),
  /** The share that arrives twice. */
  duplicate: z.number().min(0).max(1),
  /** Pushes overtake each other: each is held a random while, up to `reorderMs` beyond `delayMs`. */
  reorder: z.boolean(),
  reorderMs: z.number().min(0),
  /** Every push comes this much later. */
  delayMs: z.number().min(0),
  /** Nothing is sent: pushes are kept until this is switched off. */
  paused: z.boolean(),
});

/** The part of the settings a control endpoint is sent. */
export const PUSH_CHANGE = PUSH_SETTINGS.partial();

export type PushSettings = Readonly<z.infer<typeof PUSH_SETTINGS>>;
/** Settings to change; the others stay. */
export type PushChange = Readonly<z.infer<typeof PUSH_CHANGE>>;

/** What became of pushes since the start or the last reset. A push that comes twice is sent twice. */
export interface PushCounts {
  readonly sent: number;
  readonly dropped: number;
  readonly duplicated: number;
  readonly delayed: number;
}

const AS_PROMISED: PushSettings = {
  drop: 0,
  duplicate: 0,
  reorder: false,
  reorderMs: 200,
  delayMs: 0,
  paused: false,
};

const NONE: PushCounts = { sent: 0, dropped: 0, duplicated: 0, delayed: 0 };

/** Fisher–Yates with the given randomness. */
const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] => {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
};

/** The switches a stand-in's pushes go through on their way out. Randomness is passed in, so that a seed repeats it. */
export const createPushSwitches = (deps: {
  readonly random: () => number;
  readonly scheduler: Scheduler;
}) => {
  const { random, scheduler } = deps;
  let settings = AS_PROMISED;
  let counts = NONE;
  let kept: (() => void)[] = [];
  const underWay = new Set<() => void>();

  /** No randomness is drawn for a switch that is off. */
  const strikes = (share: number): boolean => share > 0 && random() < share;

  const later = (ms: number, send: () => void): void => {
    counts = { ...counts, delayed: counts.delayed + 1 };
    const callOff = scheduler.after(ms, () => {
      underWay.delete(callOff);
      send();
    });
    underWay.add(callOff);
  };

  const letGo = (send: () => void): void => {
    counts = { ...counts, sent: counts.sent + 1 };
    const ms = settings.delayMs + (settings.reorder ? random() * settings.reorderMs : 0);
    if (ms > 0) later(ms, send);
    else send();
  };

  const pass = (send: () => void): void => {
    if (settings.paused) return void kept.push(send);
    if (strikes(settings.drop)) {
      counts = { ...counts, dropped: counts.dropped + 1 };
      return;
    }
    letGo(send);
    if (!strikes(settings.duplicate)) return;
    counts = { ...counts, duplicated: counts.duplicated + 1 };
    letGo(send);
  };

  return {
    /** Calls `send` once, twice, later or never, as the switches say; at once where none is on. */
    pass,
    /** Events about to go out together: in another order where pushes are to overtake each other. */
    order: <T>(events: readonly T[]): readonly T[] => (settings.reorder ? shuffled(events, random) : events),
    set: (change: PushChange): void => {
      settings = { ...settings, ...(change as Partial<PushSettings>) };
      if (settings.paused) return;
      const waiting = kept;
      kept = [];
      for (const send of waiting) pass(send);
    },
    settings: (): PushSettings => settings,
    counts: (): PushCounts => counts,
    resetCounts: (): void => {
      counts = NONE;
    },
    /** Pushes kept or delayed: not sent yet. */
    held: (): number => kept.length + underWay.size,
    /** Forgets what is held. */
    close: (): void => {
      for (const callOff of underWay) callOff();
      underWay.clear();
      kept = [];
    },
  };
};

export type PushSwitches = ReturnType<typeof createPushSwitches>;
