import { postGiven, type Weighted } from '../routing/ledger/posting.ts';
import { phaseOf } from '../routing/ledger/shares.ts';
import { balanceOf } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import { poolWeights } from './pool-weights.ts';
import { post, reverse } from './post.ts';

/**
 * In a pool that counts leads given by hand, the charge follows the lead to another of its members: whoever had it is
 * credited. Given to somebody who is no member, the charge stands.
 */
export const moveCharge = (session: LaneSession, file: LeadFile, rep: string): void => {
  const { poolId } = file.assignment;
  const pool = poolId === null ? undefined : session.memory.compiled?.pool(poolId);
  if (pool?.manual !== 'count') return;
  const weights = poolWeights(session, pool.id);
  if (!weights.has(rep)) return;
  reverse(session, file);
  const { lastAt } = balanceOf(session.memory.state, pool.id, rep);
  const given = { pool: pool.id, members: sharers(session, weights, rep), rep };
  post(session, file, 'manual', postGiven(given, lastAt, phaseOf(file.id)));
};

/** Active members with a weight now, and whoever gets the lead. */
const sharers = (
  { state }: LaneSession,
  weights: ReadonlyMap<string, number>,
  taker: string,
): readonly Weighted[] =>
  [...weights]
    .filter(([rep, weight]) => rep === taker || (weight > 0 && state.rep(rep)?.active === true))
    .map(([rep, weight]) => ({ rep, weight: Math.max(weight, 1) }));
