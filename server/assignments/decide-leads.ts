import { pointerOf } from '../routing/policy/events.ts';
import { addGiven } from './add-given.ts';
import { type Arrival, arrive, peopleOf, withoutFound } from './arrive.ts';
import { close } from './close.ts';
import { decideAgain } from './decide-again.ts';
import { earlierPeople, historyOf } from './earlier.ts';
import { enterWith, expectRecord, intoCrm } from './enter-crm.ts';
import {
  emailsOf,
  enteringIn,
  findLead,
  newRecords,
  ownedByNobody,
  refsOf,
  snapshotsOf,
} from './find-lead.ts';
import { followRecord } from './follow-record.ts';
import { isHeld } from './is-held.ts';
import { judgeNew } from './judge.ts';
import type { LaneItem, Lanes } from './lane.ts';
import { type Answered, type LaneSession, type LeadFile, note } from './lane-session.ts';
import type { WantedPerson } from './lane-store.ts';
import { newFile } from './new-file.ts';
import { placeLead } from './place-lead.ts';
import type { EntryDoors, RecordReader } from './ports.ts';
import { type LeadReading, readLead, toReading } from './read-lead.ts';
import { draftSnapshot, personRead, typeValues } from './snapshot.ts';
import type { DecideFailure, DecideLead, DecideReply, UseCases } from './use-cases.ts';
import { viewInForce } from './view-in-force.ts';
import { ownerNow } from './wanted-owner.ts';

export interface DecideParts {
  readonly lanes: Lanes;
  readonly reader: RecordReader;
  readonly doors: EntryDoors;
}

/**
 * What an item came to: a reply; or its record was read for a policy that is not the live one any more; or the policy
 * does not route it and nobody needs an answer, so nothing is stored.
 */
type Attempt = DecideReply | 'read_again' | 'passed_over';

/** A policy may be published while a record is read; after so many times the reading is taken as it is. */
const READ_AGAIN_TIMES = 3;

/** Decides one lead: reads its record through, then takes its turn in the lane. */
export const decideLead =
  (parts: DecideParts): UseCases['decideLead'] =>
  (command) =>
    decideLeadWith(parts, command, true) as Promise<DecideReply>;

/** `always`: a lead that the policy does not route is stored as well, for a caller who wants an answer about it. */
export const decideLeadWith = async (
  parts: DecideParts,
  command: DecideLead,
  always: boolean,
): Promise<DecideReply | 'passed_over'> => {
  let arrival = await arrive(command, parts);
  for (let time = 1; ; time++) {
    let reading = await readingFor(parts, arrival.command);
    if (arrival.found !== null && reading.kind === 'read' && reading.snapshot.gone !== null) {
      arrival = withoutFound(arrival);
      reading = { kind: 'kept' };
    }
    const last = time === READ_AGAIN_TIMES || command.snapshot !== undefined;
    const memory = await parts.lanes.known(command.tenantId);
    const earlier = earlierPeople(memory, arrival.command, reading);
    const attempt = await parts.lanes.submit(
      command.tenantId,
      decideItem(arrival, reading, { always, last, earlier, askedBy: memory.policyVersion }),
    );
    if (attempt !== 'read_again') return attempt;
    arrival = await arrive(command, parts);
  }
};

const readingFor = async (
  parts: DecideParts,
  { tenantId, snapshot, record }: DecideLead,
): Promise<LeadReading> => {
  if (snapshot === undefined) return readLead(tenantId, record ? [record] : [], parts);
  return toReading([snapshot], await parts.lanes.known(tenantId));
};

/** `earlier`: what the person's earlier leads are looked up by, as the policy of the version `askedBy` asks. */
interface Trying {
  readonly always: boolean;
  readonly last: boolean;
  readonly earlier: readonly WantedPerson[];
  readonly askedBy: number;
}

const decideItem = (
  arrival: Arrival,
  reading: LeadReading,
  { always, last, earlier, askedBy }: Trying,
): LaneItem<Attempt> => ({
  kind: 'decide_lead',
  wanted: {
    ...(arrival.command.request && { requests: [arrival.command.request] }),
    records: refsOf(arrival.command, reading),
    emails: emailsOf(arrival.command, reading),
    people: [...peopleOf(arrival), ...enteringIn(reading), ...earlier],
  },
  apply: (session) => {
    const { command } = arrival;
    const answered = command.request && session.reply(command.request);
    if (answered !== undefined) return viewOf(session, command, answered, false);
    if (session.memory.compiled === null)
      return refuse('no_policy', 'Publish a policy first: no lead can be decided without one.');
    const { compiled, policyVersion } = session.memory;
    const stale =
      (reading.kind === 'read' && reading.policyVersion !== policyVersion) ||
      (compiled.earlierBy !== null && askedBy !== policyVersion);
    if ((stale || arrival.isStale(session.memory)) && !last) return 'read_again';
    return answer(session, arrival, reading, always);
  },
});

/** The lead key: whatever triggers it again finds the lead's assignment, unless it is to be routed again. */
const answer = (session: LaneSession, arrival: Arrival, reading: LeadReading, always: boolean): Attempt => {
  const { command, entering } = arrival;
  const sameName = command.record === undefined && entering !== null;
  const file =
    findLead(session, command, reading) ?? (sameName ? session.byPerson(entering.person) : undefined);
  if (file !== undefined && file.assignment.closedAt === null) {
    const looksAgain = command.again !== true && reading.kind === 'read' && isHeld(file);
    if (looksAgain) decideAgain(session, file, reading, file.assignment.history);
    else for (const snapshot of snapshotsOf(reading)) followRecord(session, file, snapshot);
    if (command.again !== true || file.assignment.closedAt !== null)
      return found(session, arrival, file, reading);
  }
  if (reading.kind === 'read' && reading.snapshot.gone !== null)
    return refuse(
      'record_gone',
      'The record is gone from its CRM, or was converted or merged: there is nothing to route.',
    );
  if (file !== undefined && command.again !== true && wasRouted(session, command, file))
    return found(session, arrival, file, reading);
  return decideNew(session, arrival, reading, file, always);
};

/** What a CRM tells by itself. */
const TOLD: readonly DecideLead['source'][] = ['webhook', 'poll'];

/** A lead that was not routed, or only looked at, is decided like a new one; any other is not decided twice. */
const wasRouted = (
  { lane, memory }: LaneSession,
  { logOnly, source }: DecideLead,
  { assignment, decision }: LeadFile,
): boolean => {
  const { closedBecause } = assignment;
  if (closedBecause === 'not_routed') return false;
  // Whoever had it by then has it still.
  if (closedBecause === 'disconnected') return assignment.repId !== null || assignment.queueId !== null;
  // Another version of the policy may route in earnest what this one only looked at.
  if (closedBecause === 'log_only_policy') return decision.policyVersion === memory.policyVersion;
  const isLive = lane.mode === 'live' && logOnly !== true;
  if (closedBecause === 'log_only_asked') return !isLive || TOLD.includes(source);
  return closedBecause !== 'log_only' || !isLive;
};

const found = (
  session: LaneSession,
  { command, entering }: Arrival,
  file: LeadFile,
  reading: LeadReading,
): DecideReply => {
  if (entering !== null) addGiven(session, file, command, reading);
  answerLater(session, command, file);
  if (command.request) session.keepReply(command.request, file);
  return viewOf(session, command, file, false);
};

const decideNew = (
  session: LaneSession,
  { command, entering }: Arrival,
  reading: LeadReading,
  before: LeadFile | undefined,
  always: boolean,
): Attempt => {
  const { values, problems } = typeValues(session, reading, command.fields ?? null);
  if (problems.length > 0)
    return refuse(
      'invalid_fields',
      'Correct the fields named in errors; nothing was stored.',
      problems.map(({ field, message }) => ({ field: pointerOf(field), message })),
    );
  // Not before what is asked is known to be possible: a refusal leaves the lead where it is.
  if (before?.assignment.closedAt === null) close(session, before, 'replaced');
  const leadId = before?.id ?? session.newId('led');
  const snapshot = draftSnapshot(session, leadId, values, {
    fields: command.fields ?? null,
    person: command.person ?? null,
    read: personRead(reading),
  });
  const owner = command.again === true ? null : ownerOf(session, reading);
  const history = historyOf(session, leadId, snapshot.person);
  const decided = judgeNew(session, { leadId, snapshot, history, owner }, reading, command.logOnly === true);
  if (decided.outcome.kind === 'not_routed' && !always) return 'passed_over';
  const file = newFile(session, { leadId, command, snapshot, reading, known: before });
  if (before === undefined) session.changes.leads.push({ id: leadId });
  for (const record of newRecords(session, command, reading)) session.attach(file, record);
  session.changes.snapshots.push(snapshot);
  const into = entering === null ? null : intoCrm(file, before, entering);
  if (into !== null) expectRecord(file, into.connectionId);
  placeLead(session, file, decided, command.source);
  if (into !== null) enterWith(session, file, into);
  session.keep(file);
  if (entering !== null) addGiven(session, file, command, reading);
  answerLater(session, command, file);
  if (command.request) session.keepReply(command.request, file);
  return viewOf(session, command, file, true);
};

const ownerOf = (session: LaneSession, reading: LeadReading): { rep: string | null } | null => {
  const owned = snapshotsOf(reading).find((one) => one.ownerId !== null && !ownedByNobody(session, one));
  return owned ? { rep: session.memory.roster.repOf(owned.ref.connectionId, owned.ownerId!) } : null;
};

/** A workflow held by this request is let go once the lead has somebody. */
const answerLater = (session: LaneSession, { callback }: DecideLead, file: LeadFile): void => {
  const { state, callbacks } = file.assignment;
  if (callback === undefined || (state !== 'offered' && state !== 'waiting')) return;
  if (callbacks.some(({ callbackId }) => callbackId === callback.callbackId)) return;
  note(session, file, { callbacks: [...callbacks, callback] });
};

const viewOf = (
  session: LaneSession,
  { record }: DecideLead,
  answered: Answered,
  created: boolean,
): DecideReply => ({
  ok: true,
  created,
  decision: viewInForce(session.memory, answered),
  ownerId: record === undefined ? null : ownerNow(session, answered, record),
});

const refuse = (
  code: DecideFailure,
  message: string,
  problems?: readonly { field: string; message: string }[],
): DecideReply => ({
  ok: false,
  code,
  message,
  ...(problems && { problems }),
});
