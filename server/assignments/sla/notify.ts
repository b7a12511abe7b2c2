import { dayOf, queue } from '../deliveries.ts';
import type { LaneSession, LeadFile } from '../lane-session.ts';
import { managerOf } from '../permissions.ts';
import { raise } from '../raise.ts';
import { recordsOf } from '../twins.ts';
import { holdersOf, type SlaClock } from './sla-clock.ts';
import { keepClock } from './time-clock.ts';

/** A step's notice: which of the clock's steps, and whom it is for. */
export interface Notice {
  readonly clock: SlaClock;
  readonly step: number;
  readonly to: 'rep' | 'manager';
}

/** Tells whoever has the lead that its SLA runs: in Slack, or where no message reaches them with a task in the CRM. */
export const notifyReps = (session: LaneSession, file: LeadFile, clock: SlaClock, step: number): void => {
  for (const rep of holdersOf(file.assignment)) send(session, file, { clock, step, to: 'rep' }, rep);
};

/** The managers of these reps by id, each once. A rep who has none, or whose has left, is a matter for an admin. */
export const notifyManagers = (session: LaneSession, file: LeadFile, clock: SlaClock, step: number): void => {
  const { reps } = session.memory.roster;
  const managers = new Set<string>();
  for (const rep of clock.reps) {
    const manager = managerOf(rep, reps);
    if (manager !== null && reps.get(manager)?.active === true) managers.add(manager);
    else
      raise(session, 'sla_no_manager', rep, {
        text: `An SLA asks for ${reps.get(rep)?.rep.name ?? rep}'s manager, and nobody is named who is there. Name their manager in the directory of reps.`,
      });
  }
  for (const manager of managers) send(session, file, { clock, step, to: 'manager' }, manager);
};

const send = (session: LaneSession, file: LeadFile, { clock, step, to }: Notice, repId: string): void => {
  const assignmentId = file.assignment.id;
  const key = `sla/${clock.id}/${step}/${repId}`;
  const slack = session.memory.roster.reps.get(repId)?.slack ?? null;
  if (slack !== null) {
    const body = { repId, slackUserId: slack.userId, assignmentId, clockId: clock.id, step, to };
    queue(session, file, slack.connectionId, key, { kind: 'slack_sla', body });
  } else addSlaTask(session, file, { clock, step, to }, repId);
};

/** Slack would not take a notice: it is a task in the CRM, once for each it was for. */
export const taskInstead = (session: LaneSession, file: LeadFile, notice: Notice, repId: string): void => {
  const { clock, step } = notice;
  const tasked = clock.steps[step]?.tasked ?? [];
  if (tasked.includes(repId)) return;
  const steps = clock.steps.map((one, i) => (i === step ? { ...one, tasked: [...tasked, repId] } : one));
  keepClock(session, file, { ...clock, steps });
  addSlaTask(session, file, notice, repId);
};

/** The notice as a task in the CRM, for somebody whom no message reaches. */
const addSlaTask = (
  session: LaneSession,
  file: LeadFile,
  { clock, step, to }: Notice,
  repId: string,
): void => {
  const key = `sla/${clock.id}/${step}/${repId}`;
  const [record] = recordsOf(session, file);
  const ownerId = record && session.memory.roster.ownerOf(record.connectionId, repId);
  if (record === undefined || ownerId === null || ownerId === undefined) return;
  const { connectionId, objectType, recordId } = record;
  const sla = { id: `${clock.id}/${step}`, name: clock.name, until: clock.until, dueAt: clock.dueAt, to };
  const dueOn = dayOf(session, repId, clock.dueAt ?? undefined);
  const body = {
    record: { connectionId, objectType, recordId },
    ownerId,
    decisionId: file.decision.id,
    dueOn,
    sla,
  };
  queue(session, file, connectionId, key, { kind: 'task', body });
};
