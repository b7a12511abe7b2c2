import { applyPosting, NEW_BALANCE, repsOf } from '../routing/ledger/balance.ts';
import type { Balance, Posting } from '../routing/state.ts';

/** Every pool's ledger, kept in memory: the balances and the worst there was. */
export interface LedgerBook {
  readonly balance: (pool: string, rep: string) => Balance;
  /** `at`: when the posting's lead was given, in epoch milliseconds. */
  readonly post: (posting: Posting, at: number) => void;
  /** The greatest lag of anybody in a pool after any lead, up or down, in millionths of a lead. */
  readonly worstLag: (pool: string) => number;
}

export const createLedgerBook = (): LedgerBook => {
  const pools = new Map<string, Map<string, Balance>>();
  const worst = new Map<string, number>();
  const balance = (pool: string, rep: string): Balance => pools.get(pool)?.get(rep) ?? NEW_BALANCE;
  return {
    balance,
    post: (posting, at) => {
      const { pool } = posting;
      const balances = pools.get(pool) ?? new Map<string, Balance>();
      pools.set(pool, balances);
      for (const rep of repsOf(posting)) {
        const after = applyPosting(balance(pool, rep), posting, rep, at);
        balances.set(rep, after);
        worst.set(pool, Math.max(worst.get(pool) ?? 0, Math.abs(after.lag)));
      }
    },
    worstLag: (pool) => worst.get(pool) ?? 0,
  };
};
