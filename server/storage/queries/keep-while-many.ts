import { keep } from '../../base/keep.ts';
import type { Trx } from '../storage.ts';

/** Rows from which on counting them takes long, and one more or less is not noticed. */
const MANY = 5_000;
/** How long such numbers stand. Milliseconds. */
const KEPT_MS = 5_000;
const MOST_TENANTS = 1_000;

type Numbers = Readonly<Record<string, number | null>> | null;

/**
 * Reads a tenant's numbers, which cost as many rows as they count: few are counted each time, many stand for some
 * seconds. `now` and `dayBegan` in epoch milliseconds.
 */
export const keepWhileMany = <Read extends Numbers>(
  read: (trx: Trx, tenantId: string, dayBegan: Date) => Promise<Read>,
) => {
  const known = new Map<string, { readonly numbers: Read; readonly until: number; readonly day: number }>();
  return async (trx: Trx, tenantId: string, now: number, dayBegan: Date): Promise<Read> => {
    const before = known.get(tenantId);
    if (before !== undefined && now < before.until && before.day === dayBegan.getTime())
      return before.numbers;
    const numbers = await read(trx, tenantId, dayBegan);
    const all: readonly (number | null)[] = Object.values(numbers ?? {});
    const counted = all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    const until = counted < MANY ? 0 : now + KEPT_MS;
    return keep(known, tenantId, { numbers, until, day: dayBegan.getTime() }, MOST_TENANTS).numbers;
  };
};
