import { evaluate } from '../../routing/conditions/evaluate.ts';
import type { LeadValues } from '../../routing/lead.ts';
import type { Sla } from '../../routing/policy/slas.ts';
import { slaTerms } from '../../routing/sla/sla-terms.ts';
import type { LaneSession, LeadFile } from '../lane-session.ts';
import type { AssignmentEventKind } from '../types.ts';
import { endClock, meetClock } from './end-clock.ts';
import { type ClockEnd, holdersOf, isRunning, type SlaClock } from './sla-clock.ts';
import { keepClock, timed } from './time-clock.ts';

/** What brings a lead to reps. */
const BROUGHT: readonly AssignmentEventKind[] = ['assigned', 'offered', 'reassigned', 'reassigned_outside'];

type Kinds = ReadonlySet<AssignmentEventKind>;

/**
 * Brings the clocks of SLAs up to what a transaction did to each lead: met by a claim or by work on it, ended where it
 * closed or went on, started where it came to somebody.
 */
export const keepClocks = (session: LaneSession): void => {
  const asked = session.memory.compiled?.policy.slas !== undefined;
  for (const id of session.changes.assignments.keys()) {
    const file = session.byAssignment(id);
    if (file !== undefined && (asked || file.clocks.length > 0)) keepLead(session, file);
  }
};

/** The same for one lead, as far as the transaction has come. Done again, it changes nothing. */
export const keepLead = (session: LaneSession, file: LeadFile): void => {
  const { id } = file.assignment;
  const told: Kinds = new Set(
    session.changes.events.flatMap(({ assignmentId, kind }) => (assignmentId === id ? [kind] : [])),
  );
  for (const clock of file.clocks.filter(isRunning)) keepOne(session, file, clock, told);
  if (BROUGHT.some((kind) => told.has(kind))) startAll(session, file);
};

const keepOne = (session: LaneSession, file: LeadFile, clock: SlaClock, told: Kinds): void => {
  const metAt = metAtOf(session, file, clock, told);
  const end = metAt === null ? endOf(file, clock) : null;
  if (metAt !== null) meetClock(session, file, clock, metAt);
  else if (end !== null) endClock(session, file, clock, end);
  else narrow(session, file, clock);
};

const metAtOf = (
  { now }: LaneSession,
  { assignment: { repId, firstActivityAt } }: LeadFile,
  { until, reps }: SlaClock,
  told: Kinds,
): number | null => {
  if (until === 'first_activity') return firstActivityAt;
  const claimed = until === 'claimed' && told.has('claimed') && repId !== null && reps.includes(repId);
  return claimed ? now : null;
};

const endOf = ({ assignment }: LeadFile, { until, reps }: SlaClock): Exclude<ClockEnd, 'met'> | null => {
  if (assignment.closedAt !== null) return 'closed';
  if (!holdersOf(assignment).some((rep) => reps.includes(rep))) return 'moved';
  return until === 'claimed' && assignment.state === 'assigned' ? 'given' : null;
};

/** Of those a lead was offered to, the ones who have it still: it is their hours that count. */
const narrow = (session: LaneSession, file: LeadFile, clock: SlaClock): void => {
  const holders = holdersOf(file.assignment);
  const reps = clock.reps.filter((rep) => holders.includes(rep));
  if (reps.length < clock.reps.length) keepClock(session, file, timed(session, { ...clock, reps }));
};

/** Starts what the lead's rule asks for and does not run yet. */
const startAll = (session: LaneSession, file: LeadFile): void => {
  const { assignment } = file;
  const reps = holdersOf(assignment);
  const slas = session.memory.compiled?.slasOf(assignment.ruleId) ?? [];
  if (reps.length === 0) return;
  for (const sla of slas) {
    const running = file.clocks.some((clock) => clock.slaId === sla.id && isRunning(clock));
    if (!running && !isMoot(session, file, sla)) start(session, file, sla, reps);
  }
};

/** What nobody was asked to claim, and what is so already, is nothing to wait for. */
const isMoot = (session: LaneSession, { assignment, snapshot }: LeadFile, sla: Sla): boolean => {
  switch (sla.until.kind) {
    case 'claimed':
      return assignment.state !== 'offered';
    case 'first_activity':
      return assignment.firstActivityAt !== null;
    case 'condition':
      return isSo(session, sla, snapshot.values);
    default:
      return sla.until satisfies never;
  }
};

const start = (session: LaneSession, file: LeadFile, sla: Sla, reps: readonly string[]): void => {
  const { now } = session;
  const { within, steps } = slaTerms(sla, {
    values: withDerived(session, file.snapshot.values ?? {}),
    tier: file.assignment.urgent,
    now,
    timezone: zoneOf(session),
  });
  const clock: SlaClock = {
    id: session.newId('slc'),
    assignmentId: file.assignment.id,
    leadId: file.id,
    slaId: sla.id,
    name: sla.name,
    until: sla.until.kind,
    clock: sla.clock,
    reps,
    within,
    passed: 0,
    countedFrom: now,
    startedAt: now,
    dueAt: null,
    steps: steps.map((step) => ({ ...step, at: null, doneAt: null })),
    nextAt: null,
    missedAt: null,
    metAt: null,
    late: null,
    endedAt: null,
    endedBecause: null,
  };
  keepClock(session, file, timed(session, clock));
};

const zoneOf = ({ memory }: LaneSession): string => memory.compiled?.policy.timezone ?? 'UTC';

/** A lead's values with its account, territory, score and tier among them. */
const withDerived = ({ memory, now }: LaneSession, values: LeadValues): LeadValues =>
  memory.compiled?.derive(values, now).values ?? values;

/** Whether the condition that an SLA waits for is true of a lead. */
const isSo = (session: LaneSession, { until }: Sla, values: LeadValues | null): boolean =>
  until.kind === 'condition' &&
  values !== null &&
  evaluate(until.when, withDerived(session, values), { now: session.now, timezone: zoneOf(session) }) ===
    true;

/** The record was read: clocks that waited for a condition are met where it is true now. */
export const meetConditions = (session: LaneSession, file: LeadFile, values: LeadValues): void => {
  for (const clock of file.clocks) {
    if (clock.until !== 'condition' || !isRunning(clock)) continue;
    const sla = session.memory.compiled?.policy.slas?.find(({ id }) => id === clock.slaId);
    if (sla !== undefined && isSo(session, sla, values)) meetClock(session, file, clock, session.now);
  }
};
