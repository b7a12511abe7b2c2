import type { Meanwhile } from '../routing/decision.ts';
import { isGone } from './account-status.ts';
import { CALLER_WRITES_WITHIN } from './bounds.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import { note } from './lane-session.ts';
import type { DeliveryBody } from './ports.ts';
import { raise } from './raise.ts';
import type { LeadRecord } from './stored.ts';
import { isFirst, isSame, ownersOfOurs, recordsOf, seenOwnerOn } from './twins.ts';
import type { RecordRef } from './types.ts';
import { ownerNow, ownerOfTarget, queueTarget } from './wanted-owner.ts';

/** A callback may be refused while the reply that blocked the workflow is still on its way. */
const CALLBACK_REST_MS = 1_000;

/** Queues one delivery for the assignment at its present version. Returns its id. */
export const queue = (
  session: LaneSession,
  file: LeadFile,
  connectionId: string,
  key: string,
  body: DeliveryBody,
  dueAt?: number,
): string => {
  const { id, version, backfill, urgent } = file.assignment;
  const deliveryId = session.newId('dlv');
  session.changes.deliveries.push({
    id: deliveryId,
    connectionId,
    priority: backfill ? 'backfill' : 'live',
    urgent,
    assignmentId: id,
    version,
    key,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...body,
  });
  return deliveryId;
};

type Who = { readonly rep: string } | { readonly queue: string };

/** Whether the lead is where it is to stay, as far as is known. */
const isFinal = ({ assignment: { state } }: LeadFile): boolean =>
  state === 'assigned' || state === 'in_queue';

/**
 * The records whose owner is ours to write: what stands in the CRM that the lead is about to enter waits for that, and a
 * twin in an account that is gone stays as it is.
 */
const writable = (session: LaneSession, file: LeadFile): readonly LeadRecord[] =>
  recordsOf(session, file).filter(({ connectionId }, index) => {
    if (connectionId === file.assignment.entry?.connectionId) return false;
    const connection = session.memory.roster.connections.get(connectionId);
    return index === 0 || connection === undefined || !isGone(connection);
  });

/**
 * Sends a lead into the CRM it is to enter, with whoever is to own it by then. `mayExist`: an earlier delivery may have
 * made its record.
 */
export const enter = (
  session: LaneSession,
  file: LeadFile,
  connectionId: string,
  mayExist: boolean,
): void => {
  note(session, file, { entry: { connectionId, refused: false } });
  const body = { leadId: file.id, ownerId: ownerNow(session, file, { connectionId }), mayExist };
  queue(session, file, connectionId, `enter/${file.id}`, { kind: 'enter', body });
};

/** A lead on its way into a CRM gets its owner there; one that was refused is sent again, for the owner may be why. */
const enterAgain = (session: LaneSession, file: LeadFile, who: Who): void => {
  const { entry } = file.assignment;
  if (entry === null) return;
  if (isFinal(file)) note(session, file, { written: 'pending', remedy: null });
  if ('rep' in who && session.memory.roster.ownerOf(entry.connectionId, who.rep) === null)
    refuseOwner(session, file, entry.connectionId, who);
  if (entry.refused) enter(session, file, entry.connectionId, true);
};

/** Writes what a caller gave onto a record, where that holds nothing. */
export const fill = (session: LaneSession, file: LeadFile, record: RecordRef, snapshotId: string): void => {
  queue(session, file, record.connectionId, `fill/${record.objectType}/${record.recordId}`, {
    kind: 'fill',
    body: { leadId: file.id, record: refOf(record), snapshotId },
  });
};

/** Likewise, onto the record that is being made of the lead: once it is there. */
export const fillEntered = (
  session: LaneSession,
  file: LeadFile,
  connectionId: string,
  snapshotId: string,
): void => {
  queue(session, file, connectionId, `enter/${file.id}`, {
    kind: 'fill',
    body: { leadId: file.id, record: null, snapshotId },
  });
};

/** Writes the rep as the owner of the lead's records, with the reason; where they already are, only the reason. */
export const writeOwner = (session: LaneSession, file: LeadFile, repId: string): void => {
  enterAgain(session, file, { rep: repId });
  for (const record of writable(session, file)) {
    const ownerId = session.memory.roster.ownerOf(record.connectionId, repId);
    if (ownerId !== null) writeOwnerId(session, file, record, ownerId);
    // Who is nobody in a twin's CRM leaves that one as it is.
    else if (isFirst(session, file, record)) refuseOwner(session, file, record.connectionId, { rep: repId });
  }
};

/** Writes the owner who stands for a queue. A queue that is nobody in a CRM leaves its record as it is. */
export const writeQueue = (session: LaneSession, file: LeadFile, queueId: string): void => {
  enterAgain(session, file, { queue: queueId });
  for (const record of writable(session, file)) {
    const target = queueTarget(session, record, queueId);
    if (target === null) continue;
    const ownerId = ownerOfTarget(session, record, target);
    if (ownerId === null)
      refuseOwner(session, file, record.connectionId, { queue: queueId }, isFirst(session, file, record));
    else writeOwnerId(session, file, record, ownerId);
  }
};

/** Puts whoever holds the record meanwhile there. */
export const writeMeanwhile = (session: LaneSession, file: LeadFile, meanwhile: Meanwhile | null): void => {
  if (meanwhile === null) return;
  if ('rep' in meanwhile) writeOwner(session, file, meanwhile.rep);
  else writeQueue(session, file, meanwhile.queue);
};

/** Writes a record that came to a lead later, or that something else has changed, as the lead stands now. */
export const writeOne = (session: LaneSession, file: LeadFile, record: RecordRef): void => {
  const ownerId = ownerNow(session, file, record);
  if (ownerId !== null) writeOwnerId(session, file, record, ownerId);
};

/** Writes an owner by the id the record's CRM knows them by, with the reason. */
export const writeOwnerId = (
  session: LaneSession,
  file: LeadFile,
  record: RecordRef,
  ownerId: string,
): void => {
  const { version } = file.assignment;
  const decisionId = file.decision.id;
  const expectedOwnerId = seenOwnerOn(session, file, record);
  // A write of an earlier version may be on its way, or have changed what was seen.
  const stands = ownerId === expectedOwnerId && file.intents.length === 0 && version === 1;
  if (isFinal(file) && isFirst(session, file, record))
    note(session, file, { written: stands ? 'done' : 'pending', remedy: null });
  const key = `owner/${record.objectType}/${record.recordId}`;
  if (stands) {
    queue(session, file, record.connectionId, key, {
      kind: 'reason_write',
      body: { record: refOf(record), decisionId },
    });
    return;
  }
  const alsoOurs = ownersOfOurs(session, file, record.connectionId);
  const body = {
    record: refOf(record),
    ownerId,
    decisionId,
    expectedOwnerId,
    ...(alsoOurs.length > 0 && { alsoOurs }),
  };
  const byCaller = file.writtenByCaller !== undefined && isSame(file.writtenByCaller, record);
  const dueAt = byCaller ? session.now + CALLER_WRITES_WITHIN : undefined;
  const deliveryId = queue(session, file, record.connectionId, key, { kind: 'owner_write', body }, dueAt);
  if (byCaller) session.changes.intents.push({ deliveryId, ...body, version });
};

const refOf = ({ connectionId, objectType, recordId }: RecordRef): RecordRef => ({
  connectionId,
  objectType,
  recordId,
});

const refuseOwner = (
  session: LaneSession,
  file: LeadFile,
  connectionId: string,
  who: Who,
  counts = true,
): void => {
  const crm = session.memory.roster.connections.get(connectionId)?.name ?? 'the CRM';
  const text =
    'rep' in who
      ? `${session.memory.roster.reps.get(who.rep)?.rep.name ?? who.rep} is nobody in ${crm}: add them there with the same e-mail address and import its people again, or name another owner.`
      : `${crm} has nothing that may own leads by the name the policy gives the queue ${who.queue}: see that it is there and takes leads, and import its people again; or name another under queues. The record stays with whoever has it.`;
  if (isFinal(file) && counts) note(session, file, { written: 'refused', remedy: text });
  raise(session, 'owner_unknown', 'rep' in who ? who.rep : who.queue, {
    text,
    connectionId,
  });
};

/** Gives the lead to a rep in its CRM: the owner, and the conversion where the policy asks for it. */
export const giveTo = (session: LaneSession, file: LeadFile, repId: string): void => {
  writeOwner(session, file, repId);
  convert(session, file);
};

/**
 * Converts the record in its CRM, after its owner is written, where the step that gave the lead to its rep asks for it.
 * A lead without a record is converted once it has one.
 */
export const convert = (session: LaneSession, file: LeadFile): void => {
  const { state, repId, entry } = file.assignment;
  const { outcome } = file.decision.result;
  const asked = 'convert' in outcome && outcome.convert === true;
  const [record] = recordsOf(session, file);
  if (!asked || state !== 'assigned' || repId === null || record === undefined || entry !== null) return;
  const ownerId = session.memory.roster.ownerOf(record.connectionId, repId);
  if (ownerId === null) return;
  note(session, file, { conversion: 'pending' });
  const key = `owner/${record.objectType}/${record.recordId}`;
  const body = { record: refOf(record), ownerId, decisionId: file.decision.id };
  queue(session, file, record.connectionId, key, { kind: 'convert', body });
};

/** A task in the CRM for a rep whom no message reaches. */
export const addTask = (session: LaneSession, file: LeadFile, repId: string): void => {
  const [record] = recordsOf(session, file);
  const ownerId = record && session.memory.roster.ownerOf(record.connectionId, repId);
  if (record === undefined || ownerId === null || ownerId === undefined) return;
  queue(session, file, record.connectionId, `task/${record.objectType}/${record.recordId}`, {
    kind: 'task',
    body: { record: refOf(record), ownerId, decisionId: file.decision.id, dueOn: dayOf(session, repId) },
  });
};

/** The day of an instant where a rep is, `2026-11-24`; of now unless said. */
export const dayOf = ({ memory, now }: LaneSession, repId: string, at: number = now): string => {
  const zone = memory.roster.reps.get(repId)?.rep.timezone ?? memory.compiled?.policy.timezone ?? 'UTC';
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
};

/** The card of an offer, or the notice of a direct assignment. False: no message reaches the rep. */
export const sendCard = (session: LaneSession, file: LeadFile, repId: string): boolean => {
  const slack = session.memory.roster.reps.get(repId)?.slack ?? null;
  if (slack === null) return false;
  const assignmentId = file.assignment.id;
  queue(session, file, slack.connectionId, `card/${assignmentId}/${repId}`, {
    kind: 'slack_card',
    body: { repId, slackUserId: slack.userId, assignmentId },
  });
  return true;
};

/** Redraws every copy of the assignment's card that may have been posted. */
export const refreshCards = (session: LaneSession, file: LeadFile): void => {
  const { id, offeredTo, repId, history } = file.assignment;
  const asked = [...offeredTo.map(({ rep }) => rep), ...history.declined, ...history.missed];
  if (repId !== null) asked.push(repId);
  const workspaces = new Set<string>();
  for (const rep of asked) {
    const slack = session.memory.roster.reps.get(rep)?.slack;
    if (slack) workspaces.add(slack.connectionId);
  }
  for (const connectionId of workspaces)
    queue(session, file, connectionId, `card/${id}`, { kind: 'slack_refresh', body: { assignmentId: id } });
};

/** Lets the workflows go on that were blocked until the lead had somebody. */
export const completeCallbacks = (session: LaneSession, file: LeadFile): void => {
  for (const { connectionId, callbackId } of file.assignment.callbacks)
    queue(
      session,
      file,
      connectionId,
      `callback/${callbackId}`,
      { kind: 'callback', body: { callbackId, decisionId: file.decision.id } },
      session.now + CALLBACK_REST_MS,
    );
  if (file.assignment.callbacks.length > 0) note(session, file, { callbacks: [] });
};
