import type { Balance, Release } from '../state.ts';
import { LEAD, split } from './shares.ts';

/** A pool member with their balance. `today`: the date where they are. */
export interface Returned {
  readonly rep: string;
  readonly balance: Balance;
  readonly today: string;
}

/**
 * What members who are back get out of `banked` now: all of it (`perDay` null), or at most `perDay` leads on each of
 * their own days. Those who lent take the other side, in proportion to what they lent, so that lag sums to zero.
 */
export const releases = (
  returned: readonly Returned[],
  pool: readonly { readonly rep: string; readonly balance: Balance }[],
  perDay: number | null,
  phase: number,
): Readonly<Record<string, Release>> => {
  const lenders = pool.filter(({ balance }) => balance.banked < 0);
  const lent = lenders.reduce((sum, { balance }) => sum - balance.banked, 0);
  const released: Record<string, Release> = {};
  let total = 0;
  for (const member of returned) {
    const amount = Math.min(releasable(member, perDay), lent - total);
    if (amount <= 0) continue;
    released[member.rep] = { amount, on: member.today };
    total += amount;
  }
  if (total === 0) return released;
  const shares = split(
    total,
    lenders.map(({ balance }) => -balance.banked),
    phase,
  );
  lenders.forEach(({ rep }, i) => {
    released[rep] = { amount: 0 - shares[i]!, on: null };
  });
  return released;
};

const releasable = ({ balance, today }: Returned, perDay: number | null): number => {
  if (perDay === null) return balance.banked;
  const used = balance.releasedOn === today ? balance.releasedToday : 0;
  return Math.min(balance.banked, perDay * LEAD - used);
};
