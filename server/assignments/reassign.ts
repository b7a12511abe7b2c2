import { addTask, giveTo, sendCard } from './deliveries.ts';
import { giveByHand } from './follow-owner.ts';
import type { Lanes } from './lane.ts';
import { type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { onceItem } from './once.ts';
import { permissionsOf } from './permissions.ts';
import { NO_PERSON } from './snapshot.ts';
import type { ReassignReply, UseCases } from './use-cases.ts';

type Reassign = Parameters<UseCases['reassign']>[0];

/**
 * The owner, their manager or an admin gives a lead to another rep. In the ledger and the slots it counts as any lead
 * given by hand; unlike a change made in the CRM, the owner is ours to write.
 */
export const reassign =
  (lanes: Lanes): UseCases['reassign'] =>
  (command) =>
    lanes.submit(
      command.tenantId,
      onceItem<ReassignReply>('reassign', command, { ok: false, code: 'not_found' }, (session, file) => {
        const refused = refusal(session, file, command);
        if (refused === null) give(session, file, command);
        return refused ?? { ok: true, already: false };
      }),
    );

const refusal = (session: LaneSession, file: LeadFile, { repId, by }: Reassign): ReassignReply | null => {
  const { assignment } = file;
  const { reps } = session.memory.roster;
  if (assignment.state === 'closed') return { ok: false, code: 'closed' };
  if (!permissionsOf(assignment, by, reps, session.now).reassign) return { ok: false, code: 'not_allowed' };
  if (assignment.state === 'assigned' && assignment.repId === repId) return { ok: true, already: true };
  return reps.get(repId)?.active === true ? null : { ok: false, code: 'unknown_rep' };
};

const give = (session: LaneSession, file: LeadFile, { repId, by, note }: Reassign): void => {
  const from = file.assignment.repId;
  giveByHand(session, file, repId, { written: 'none' });
  tell(session, file, 'reassigned', repId, {
    from,
    ...(by.repId !== null && { by: by.repId }),
    ...(note !== null && { note: keepNote(session, file, by.repId, note) }),
  });
  giveTo(session, file, repId);
  if (!sendCard(session, file, repId)) addTask(session, file, repId);
};

/** What a person writes may be about a person: it stands where it can be erased, and the story names the place. */
const keepNote = (session: LaneSession, file: LeadFile, rep: string | null, text: string): string => {
  const id = session.newId('snp');
  const person = { ...NO_PERSON, notes: [{ rep: rep ?? '', text }] };
  session.changes.snapshots.push({ ...file.snapshot, id, given: null, person, takenAt: session.now });
  return id;
};
