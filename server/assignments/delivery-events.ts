import { aboutDelivery } from './about-delivery.ts';
import { ACCOUNT_GONE } from './account-status.ts';
import { isAfter, isTimed } from './classify-owner-event.ts';
import { addTask, refreshCards, writeOne } from './deliveries.ts';
import { createEntryEvents } from './entry-events.ts';
import { notReached } from './expire.ts';
import { followOwner } from './follow-owner.ts';
import { writeOf } from './given-back.ts';
import { change, type LaneSession, type LeadFile, note, tell } from './lane-session.ts';
import { offerDue } from './offer-due.ts';
import type { Delivery, DeliveryEvents } from './ports.ts';
import { raise } from './raise.ts';
import type { ReadParts } from './read-lead.ts';
import { remind } from './remind.ts';
import { taskInstead } from './sla/notify.ts';
import { isRunning } from './sla/sla-clock.ts';
import { isFirst, ownersOfOurs, seenOwnerOn } from './twins.ts';
import { wantedOwner } from './wanted-owner.ts';

type Card = Extract<Delivery, { kind: 'slack_card' }>;
type SlaNotice = Extract<Delivery, { kind: 'slack_sla' }>;
type OwnerWrite = Extract<Delivery, { kind: 'owner_write' }>;

/** What delivery tells, each taken in the lane. Told twice, the second time changes nothing. */
export const createDeliveryEvents = (parts: ReadParts): DeliveryEvents => {
  const { lanes } = parts;
  const about = (delivery: Delivery, apply: (session: LaneSession, file: LeadFile) => void): Promise<void> =>
    aboutDelivery(lanes, delivery, apply);
  return {
    ...createEntryEvents(parts),
    cardDelivered: (delivery, at) =>
      about(delivery, (session, file) => startClock(session, file, delivery as Card, at)),
    cardUndeliverable: (delivery, code) =>
      about(delivery, (session, file) => cannotReach(session, file, delivery as Card, code)),
    noticeUndeliverable: (delivery, code) =>
      about(delivery, (session, file) => noticeLost(session, file, delivery as SlaNotice, code)),
    ownerWritten: (delivery) =>
      about(delivery, (session, file) => written(session, file, delivery as OwnerWrite)),
    ownerRefused: (delivery, code, remedy) =>
      about(delivery, (session, file) => refused(session, file, delivery as OwnerWrite, code, remedy)),
    ownerOvertaken: (delivery, ownerId) =>
      about(delivery, (session, file) => overtaken(session, file, delivery as OwnerWrite, ownerId)),
    connectionBroken: ({ id, tenantId, name }, code, remedy) =>
      lanes.submit(tenantId, {
        kind: 'connection_broken',
        wanted: {},
        apply: (session) => raise(session, 'connection_broken', id, { code, text: `${name}: ${remedy}` }),
      }),
  };
};

/** The card has arrived: the rep's time to claim starts when it did. */
const startClock = (session: LaneSession, file: LeadFile, { body }: Card, at: number): void => {
  const { assignment } = file;
  const offeree = assignment.offeredTo.find(({ rep }) => rep === body.repId);
  const member = session.memory.roster.reps.get(body.repId);
  if (
    assignment.state !== 'offered' ||
    offeree === undefined ||
    offeree.startedAt !== null ||
    member === undefined
  )
    return;
  const claimWithin = assignment.claimWithin ?? 0;
  const endsAt = session.memory.offerEnds(member, {
    startedAt: at,
    claimWithin,
    clock: assignment.clock ?? 'elapsed',
  });
  const offeredTo = assignment.offeredTo.map((one) =>
    one === offeree ? { rep: body.repId, startedAt: at, endsAt } : one,
  );
  change(session, file, { offeredTo, ...offerDue(offeredTo, assignment.dueAt ?? session.now, session.now) });
  tell(session, file, 'card_delivered', body.repId, { endsAt });
  remind(session, file, body.repId, { startedAt: at, endsAt, claimWithin });
  refreshCards(session, file);
};

const cannotReach = (
  session: LaneSession,
  file: LeadFile,
  { body, connectionId }: Card,
  code: string,
): void => {
  const { assignment } = file;
  // That the workspace is gone says nothing of the rep.
  if (code !== ACCOUNT_GONE)
    tellUnreached(session, { repId: body.repId, slackUserId: body.slackUserId }, connectionId, code);
  const offered =
    assignment.state === 'offered' && assignment.offeredTo.some(({ rep }) => rep === body.repId);
  if (offered) notReached(session, file, body.repId);
  else if (assignment.state === 'assigned' && assignment.repId === body.repId)
    addTask(session, file, body.repId);
};

const tellUnreached = (
  session: LaneSession,
  { repId, slackUserId }: { readonly repId: string; readonly slackUserId: string },
  connectionId: string,
  code: string,
): void => {
  session.changes.unreachable.push({ connectionId, externalId: slackUserId, code });
  const name = session.memory.roster.reps.get(repId)?.rep.name ?? repId;
  raise(session, 'card_undelivered', repId, {
    code,
    text: `Slack cannot reach ${name} (${code}), so leads are given to them directly with a task in the CRM. Let them open the Fairlead app in Slack, then import the workspace's people again.`,
  });
};

const noticeLost = (
  session: LaneSession,
  file: LeadFile,
  { body: { clockId, step, to, repId, slackUserId }, connectionId }: SlaNotice,
  code: string,
): void => {
  if (code !== ACCOUNT_GONE)
    session.changes.unreachable.push({ connectionId, externalId: slackUserId, code });
  const clock = file.clocks.find(({ id }) => id === clockId);
  if (clock !== undefined && (isRunning(clock) || clock.endedBecause === 'reassigned'))
    taskInstead(session, file, { clock, step, to }, repId);
};

/** Somebody chose another owner meanwhile; unless a sync carried over what we wrote on a twin: then ours is written again. */
const overtaken = (
  session: LaneSession,
  file: LeadFile,
  { body: { record, expectedOwnerId } }: OwnerWrite,
  ownerId: string | null,
): void => {
  if (file.assignment.closedAt !== null) return;
  // The owner from before our write was put back after it: the CRM's own rule, or a person. Else it was told before.
  const putBack = ownerId === expectedOwnerId;
  if (ownerId === seenOwnerOn(session, file, record) && !putBack) return;
  const ours = ownersOfOurs(session, file, record.connectionId);
  if (file.records.length > 1 && ownerId !== null && ours.includes(ownerId)) writeOne(session, file, record);
  else followOwner(session, file, record, ownerId);
};

/** Whether a write put the owner there whom the assignment wants now, not one who held the record meanwhile. */
const isFinal = (session: LaneSession, file: LeadFile, { body }: OwnerWrite): boolean =>
  file.assignment.closedAt === null &&
  isFirst(session, file, body.record) &&
  wantedOwner(session, file, body.record) === body.ownerId;

const written = (session: LaneSession, file: LeadFile, delivery: OwnerWrite): void => {
  if (wentOverChoice(session, file, delivery)) writeOne(session, file, delivery.body.record);
  if (file.assignment.written === 'done' || !isFinal(session, file, delivery)) return;
  note(session, file, { written: 'done', remedy: null });
  session.changes.settled.add(file.assignment.id);
  tell(session, file, 'owner_written', file.assignment.repId);
  refreshCards(session, file);
};

/** The assignment followed a choice somebody made while this write was on its way: it went over what was followed. */
const wentOverChoice = (session: LaneSession, file: LeadFile, { body }: OwnerWrite): boolean => {
  if (file.assignment.closedAt !== null || !isFirst(session, file, body.record)) return false;
  const chosen = seenOwnerOn(session, file, body.record);
  const write = writeOf(file, body.record, body.ownerId);
  // Told late, by a process that came after the one that died, it may lie before the choice, and others after it.
  if (
    write === undefined ||
    !isTimed(write, session.now) ||
    isAfter(write, file.assignment.heldAt ?? undefined)
  )
    return false;
  return (
    file.assignment.written === 'done' &&
    body.ownerId !== chosen &&
    body.expectedOwnerId !== chosen &&
    chosen === wantedOwner(session, file, body.record)
  );
};

const refused = (
  session: LaneSession,
  file: LeadFile,
  delivery: OwnerWrite,
  code: string,
  remedy: string,
): void => {
  if (file.assignment.closedAt !== null) return;
  // One word about the account stands for all of them.
  if (code !== ACCOUNT_GONE) raise(session, 'write_refused', file.assignment.id, { code, text: remedy });
  if (file.assignment.written === 'refused' || !isFinal(session, file, delivery)) return;
  note(session, file, { written: 'refused', remedy });
  tell(session, file, 'owner_refused', file.assignment.repId, { code });
  refreshCards(session, file);
};
