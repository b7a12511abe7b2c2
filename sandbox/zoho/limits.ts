import { ZohoError } from './errors.ts';

export type Edition = 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate';

interface EditionLimits {
  readonly base: number;
  readonly perUser: number;
  readonly most: number;
  /** Calls at once. */
  readonly concurrent: number;
}

/** Source: API limits of Zoho CRM; credits of a rolling day. Concurrency of free, standard and ultimate from memory. */
export const EDITIONS: Readonly<Record<Edition, EditionLimits>> = {
  free: { base: 5_000, perUser: 0, most: 5_000, concurrent: 5 },
  standard: { base: 50_000, perUser: 250, most: 100_000, concurrent: 10 },
  professional: { base: 50_000, perUser: 500, most: 3_000_000, concurrent: 15 },
  enterprise: { base: 50_000, perUser: 1_000, most: 5_000_000, concurrent: 20 },
  ultimate: { base: 50_000, perUser: 2_000, most: 5_000_000, concurrent: 25 },
};

/** Heavy calls at once, on every edition: COQL, sorted lists, more than ten rows, convert, search. */
const SUB_CONCURRENT = 10;
const DAY_MS = 24 * 3_600_000;
const SLOT_MS = 15 * 60_000;

export interface LimitSettings {
  /** Unset: by edition and users. */
  readonly credits?: number;
  readonly concurrent?: number;
  readonly subConcurrent?: number;
}

const refusal = (message: string): ZohoError => new ZohoError('TOO_MANY_REQUESTS', message);

/** An org's limits. A refused call costs nothing. */
export const createLimits = (
  now: () => number,
  org: { readonly edition: Edition; readonly users: () => number },
) => {
  let settings: LimitSettings = {};
  const slots = new Map<number, number>();
  let running = 0;
  let heavy = 0;

  const total = (): number => {
    const { base, perUser, most } = EDITIONS[org.edition];
    return settings.credits ?? Math.min(most, base + perUser * org.users());
  };
  const used = (): number => {
    for (const slot of slots.keys()) if (slot * SLOT_MS <= now() - DAY_MS) slots.delete(slot);
    return [...slots.values()].reduce((sum, n) => sum + n, 0);
  };

  return {
    /** Takes a call in; the returned function says that it was answered. Throws TOO_MANY_REQUESTS. */
    enter: (call: { readonly credits: number; readonly heavy: boolean }): (() => void) => {
      if (used() + call.credits > total())
        throw refusal('API credit limit exceeded: the limit for 24 hours is reached');
      if (running >= (settings.concurrent ?? EDITIONS[org.edition].concurrent))
        throw refusal('concurrency limit exceeded: too many requests run at the same time');
      if (call.heavy && heavy >= (settings.subConcurrent ?? SUB_CONCURRENT))
        throw refusal('sub-concurrency limit exceeded: too many such requests run at the same time');
      const slot = Math.floor(now() / SLOT_MS);
      slots.set(slot, (slots.get(slot) ?? 0) + call.credits);
      running += 1;
      heavy += call.heavy ? 1 : 0;
      return () => {
        running -= 1;
        heavy -= call.heavy ? 1 : 0;
      };
    },
    usage: (): { readonly used: number; readonly max: number } => ({ used: used(), max: total() }),
    set: (change: LimitSettings): void => {
      settings = { ...settings, ...change };
    },
    /** As if a day had passed. */
    reset: (): void => slots.clear(),
  };
};

export type Limits = ReturnType<typeof createLimits>;
