import { postGiven } from '../routing/ledger/posting.ts';
import { phaseOf } from '../routing/ledger/shares.ts';
import { balanceOf } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import { poolWeights, sharers } from './pool-weights.ts';
import { post, reverse } from './post.ts';

/**
 * In a pool that counts leads given by hand, the charge follows the lead to another of its members: whoever had it is
 * credited. Given to somebody who is no member, the charge stands.
 */
export const moveCharge = (session: LaneSession, file: LeadFile, rep: string): void => {
  const { poolId } = file.assignment;
  const pool = poolId === null ? undefined : session.memory.compiled?.pool(poolId);
  if (pool?.manual !== 'count' || !poolWeights(session, pool.id).has(rep)) return;
  reverse(session, file);
  const { lastAt } = balanceOf(session.memory.state, pool.id, rep);
  const sharing = sharers(session, pool.id);
  // A ramp may give them nothing yet: they are charged all the same.
  const members = sharing.some((one) => one.rep === rep) ? sharing : [...sharing, { rep, weight: 1 }];
  post(session, file, 'manual', postGiven({ pool: pool.id, members, rep }, lastAt, phaseOf(file.id)));
};
