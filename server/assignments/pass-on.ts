import { isAway } from '../routing/availability/away.ts';
import { decideAgain } from './decide-again.ts';
import { refreshCards } from './deliveries.ts';
import type { LaneItem } from './lane.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { offerDue } from './offer-due.ts';
import { peekAssignment } from './peek.ts';
import { reverse } from './post.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import { release } from './slots.ts';
import type { UseCases } from './use-cases.ts';

/**
 * A rep went away: what is offered to them and not answered goes to others. It is neither a decline nor an offer they
 * let run out: their turn is kept, and the same lead may come to them once they are back. Returns how many offers.
 */
export const passOffersOn =
  (parts: ReadParts & { readonly store: LaneStore }): UseCases['passOffersOn'] =>
  async ({ tenantId, repId }) => {
    const ids = await parts.store.openOffers(tenantId, repId);
    const passed = await Promise.all(
      ids.map(async (assignmentId) => {
        const lead = await peekAssignment(parts.store, tenantId, assignmentId);
        const reading = await readLead(tenantId, lead?.records ?? [], parts);
        return parts.lanes.submit(tenantId, passOnItem(assignmentId, repId, reading));
      }),
    );
    return passed.filter(Boolean).length;
  };

const passOnItem = (assignmentId: string, repId: string, reading: LeadReading): LaneItem<boolean> => ({
  kind: 'pass_on',
  wanted: { assignments: [assignmentId] },
  apply: (session) => {
    const file = session.byAssignment(assignmentId);
    const passes = file !== undefined && goesOn(session, file, repId);
    if (passes) passOn(session, file, repId, reading);
    return passes;
  },
});

/** Whether an offer goes on because its rep is away: not once they have answered or are back, nor in a pool that asks people whether or not they are at work. */
export const goesOn = (session: LaneSession, { assignment }: LeadFile, repId: string): boolean => {
  const timeOff = session.memory.roster.reps.get(repId)?.timeOff ?? [];
  const { state, offeredTo, poolId } = assignment;
  const pool = poolId === null ? undefined : session.memory.compiled?.pool(poolId);
  const isOffered = state === 'offered' && offeredTo.some(({ rep }) => rep === repId);
  return isOffered && isAway(timeOff, session.now) && pool?.availability.kind !== 'ignore';
};

/** Takes a rep out of those asked; where nobody is left the lead is decided again, the turn given back. */
export const passOn = (session: LaneSession, file: LeadFile, repId: string, reading: LeadReading): void => {
  const { assignment } = file;
  const left = assignment.offeredTo.filter(({ rep }) => rep !== repId);
  tell(session, file, 'went_away', repId);
  // While they are still among those asked, so that their own card is drawn again whoever is asked next.
  refreshCards(session, file);
  if (left.length > 0) {
    const due = offerDue(left, assignment.dueAt ?? session.now, session.now);
    change(session, file, { offeredTo: left, ...due });
    return;
  }
  reverse(session, file);
  release(session, file, true);
  change(session, file, { repId: null, heldAt: null });
  decideAgain(session, file, reading, assignment.history);
};
