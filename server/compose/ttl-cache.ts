import type { Clock } from '../base/clock.ts';
import { keep } from '../base/keep.ts';

/** Values looked up on nearly every request, kept for a short while. Asked for twice at once, looked up once. */
export interface TtlCache<T> {
  readonly get: (key: string) => Promise<T>;
  readonly forget: (key: string) => void;
  readonly clear: () => void;
}

interface Kept<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/** Keeps at most `most` values, each for `ms`. What could not be looked up is not kept. */
export const createTtlCache = <T>(
  clock: Clock,
  options: { readonly ms: number; readonly most: number },
  lookUp: (key: string) => Promise<T>,
): TtlCache<T> => {
  const kept = new Map<string, Kept<T>>();
  const add = (key: string): Promise<T> => {
    const value = lookUp(key);
    value.catch(() => kept.delete(key));
    return keep(kept, key, { value, until: clock.now() + options.ms }, options.most).value;
  };
  return {
    get: (key) => {
      const known = kept.get(key);
      return known !== undefined && clock.now() < known.until ? known.value : add(key);
    },
    forget: (key) => {
      kept.delete(key);
    },
    clear: () => kept.clear(),
  };
};
