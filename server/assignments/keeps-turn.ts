import type { LaneSession, LeadFile } from './lane-session.ts';

/** What of an offer that came to nothing becomes of its rep's turn, where the pool does otherwise than by default. */
export const unusualTurn = (
  session: LaneSession,
  { assignment: { poolId } }: LeadFile,
  ended: 'decline' | 'expiry',
): { readonly turn?: 'kept' | 'lost' } => {
  const credit = poolId === null ? undefined : session.memory.compiled?.pool(poolId)?.credit;
  if (ended === 'decline' && credit?.decline === 'charge') return { turn: 'lost' };
  return ended === 'expiry' && credit?.expiry === 'keep' ? { turn: 'kept' } : {};
};
