import type { LeadHistory } from '../lead.ts';
import type { SimulatedLead } from './simulated-lead.ts';

/** A lead that waits. `number`: its place in the order of arrival. */
export interface Waiter {
  readonly lead: SimulatedLead;
  readonly number: number;
  readonly history: LeadHistory;
  /** Its tier's leads go first. */
  readonly urgent: boolean;
  /** The rule that matched when it was last decided. */
  readonly rule: string | null;
}

/**
 * Leads that wait for the same thing: the same rule, at the same step, with the same values where pools look at them.
 * When the first of them finds nobody, none after it does, so only the first is looked at.
 */
export interface Line {
  readonly key: string;
  readonly first: () => Waiter | undefined;
  readonly shift: () => void;
  /** When the line is looked at next by itself, epoch milliseconds. */
  retryAt: number;
  /** Reps who were looked at for the first of the line. */
  reps: ReadonlySet<string>;
}

/** Everybody who waits, in lines. */
export interface WaitingRoom {
  readonly join: (key: string, waiter: Waiter, retryAt: number, reps: () => ReadonlySet<string>) => Line;
  /** Lines with somebody in them. */
  readonly lines: () => Iterable<Line>;
  readonly size: () => number;
}

export const createWaitingRoom = (): WaitingRoom => {
  const lines = new Map<string, Line & { readonly push: (waiter: Waiter) => void }>();
  let size = 0;
  const open = (key: string) => {
    const queue = createQueue<Waiter>((a, b) => a.number < b.number);
    const shift = (): void => {
      queue.shift();
      size--;
      if (queue.first() === undefined) lines.delete(key);
    };
    const line = {
      key,
      first: queue.first,
      shift,
      push: queue.push,
      retryAt: Infinity,
      reps: new Set<string>(),
    };
    lines.set(key, line);
    return line;
  };
  return {
    join: (key, waiter, retryAt, reps) => {
      const line = lines.get(key) ?? open(key);
      line.push(waiter);
      if (line.first() === waiter) line.reps = reps();
      line.retryAt = Math.min(line.retryAt, retryAt);
      size++;
      return line;
    },
    lines: () => lines.values(),
    size: () => size,
  };
};

/** In an order that entries mostly come in already, in constant time. Who waited for something else first, as for a hold to end, goes before the younger. */
const createQueue = <Entry>(before: (a: Entry, b: Entry) => boolean) => {
  let entries: Entry[] = [];
  let start = 0;
  return {
    first: (): Entry | undefined => entries[start],
    push: (entry: Entry): void => {
      let at = entries.length;
      while (at > start && before(entry, entries[at - 1]!)) at--;
      entries.splice(at, 0, entry);
    },
    shift: (): void => {
      start++;
      if (start < 1000 || start * 2 < entries.length) return;
      entries = entries.slice(start);
      start = 0;
    },
  };
};
