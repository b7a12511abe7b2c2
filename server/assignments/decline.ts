import { decideAgain } from './decide-again.ts';
import { refreshCards } from './deliveries.ts';
import { unusualTurn } from './keeps-turn.ts';
import type { LaneItem } from './lane.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { offerDue } from './offer-due.ts';
import { onceItem } from './once.ts';
import { peekAssignment } from './peek.ts';
import { reverse } from './post.ts';
import { type LeadReading, type ReadParts, readLead } from './read-lead.ts';
import { release } from './slots.ts';
import type { DeclineReply, UseCases } from './use-cases.ts';

type Decline = Parameters<UseCases['decline']>[0];

/**
 * A rep hands an offer back. Their turn is kept unless the pool says otherwise, and the lead is decided afresh without them; of a broadcast they are
 * merely taken out while others may still claim it.
 */
export const decline =
  (parts: ReadParts & { readonly store: LaneStore }): UseCases['decline'] =>
  async (command) => {
    const lead = await peekAssignment(parts.store, command.tenantId, command.assignmentId);
    if (lead === null) return { ok: false, code: 'not_found' };
    const reading = await readLead(command.tenantId, lead.records, parts);
    return parts.lanes.submit(command.tenantId, declineItem(command, reading));
  };

const declineItem = (command: Decline, reading: LeadReading): LaneItem<DeclineReply> =>
  onceItem<DeclineReply>('decline', command, { ok: false, code: 'not_found' }, (session, file) => {
    const refused = refusal(session, file, command.repId);
    if (refused === null) handBack(session, file, command, reading);
    return refused ?? { ok: true, already: false };
  });

const refusal = (session: LaneSession, { assignment }: LeadFile, repId: string): DeclineReply | null => {
  if (assignment.history.declined.includes(repId)) return { ok: true, already: true };
  if (assignment.state === 'closed') return { ok: false, code: 'closed' };
  if (assignment.state === 'assigned') return { ok: false, code: 'claimed' };
  const asked = assignment.offeredTo.some(({ rep }) => rep === repId);
  if (!asked)
    return { ok: false, code: assignment.history.missed.includes(repId) ? 'expired' : 'not_offered_to_you' };
  const over = assignment.dueKind === 'offer' && assignment.dueAt! <= session.now;
  return over ? { ok: false, code: 'expired' } : null;
};

const handBack = (
  session: LaneSession,
  file: LeadFile,
  { repId, reason, note }: Decline,
  reading: LeadReading,
): void => {
  const { assignment } = file;
  const history = { ...assignment.history, declined: [...assignment.history.declined, repId] };
  const left = assignment.offeredTo.filter(({ rep }) => rep !== repId);
  const turn = left.length > 0 ? {} : unusualTurn(session, file, 'decline');
  tell(session, file, 'declined', repId, { reason, ...turn });
  if (left.length > 0) {
    change(session, file, {
      history,
      offeredTo: left,
      ...offerDue(left, assignment.dueAt ?? session.now, session.now),
    });
    refreshCards(session, file);
    return;
  }
  if (turn.turn !== 'lost') reverse(session, file);
  release(session, file, true);
  change(session, file, { history, repId: null, heldAt: null });
  decideAgain(session, file, reading, history, note === null ? null : { rep: repId, text: note });
};
