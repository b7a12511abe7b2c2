import type { StoredAssignment } from './stored.ts';
import type { Offeree } from './types.ts';

/**
 * When an offer is due next: with the last offeree's clock once every card has arrived, else when the cards must have.
 * Nobody left to ask: at once.
 */
export const offerDue = (
  offeredTo: readonly Offeree[],
  mustArriveBy: number,
  now: number,
): Pick<StoredAssignment, 'dueAt' | 'dueKind'> => {
  if (offeredTo.length === 0) return { dueAt: now, dueKind: 'offer' };
  if (offeredTo.some(({ endsAt }) => endsAt === null)) return { dueAt: mustArriveBy, dueKind: 'delivery' };
  return { dueAt: Math.max(...offeredTo.map(({ endsAt }) => endsAt!)), dueKind: 'offer' };
};
