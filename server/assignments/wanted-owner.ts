import type { QueueTarget } from '../routing/policy/queues.ts';
import type { Policy } from '../routing/policy/schema.ts';
import type { LeadFile } from './lane-session.ts';
import type { Roster } from './roster.ts';
import type { RecordRef } from './types.ts';

type Place = Pick<LeadFile, 'assignment' | 'decision'>;

/** What says who somebody is in a CRM. */
export interface Knowing {
  readonly memory: {
    readonly roster: Roster;
    readonly compiled: { readonly policy: Pick<Policy, 'queues'> } | null;
  };
}

/** A record, or where one is about to be. */
type Where = Pick<RecordRef, 'connectionId'>;

/** The owner id that the assignment's present state wants on a record; null: none. */
export const wantedOwner = (session: Knowing, { assignment }: Place, record: Where): string | null => {
  const { state, repId, queueId } = assignment;
  if (state === 'assigned' && repId !== null)
    return session.memory.roster.ownerOf(record.connectionId, repId);
  return state === 'in_queue' && queueId !== null ? queueOwner(session, record, queueId) : null;
};

/** The owner a record is to have now, whoever holds it meanwhile included; null: it is left as it is. */
export const ownerNow = (session: Knowing, place: Place, record: Where): string | null => {
  const { assignment, decision } = place;
  if (assignment.closedAt !== null || decision.logOnly) return null;
  const { outcome } = decision.result;
  const holds = assignment.state === 'offered' || assignment.state === 'waiting';
  const meanwhile = holds && 'meanwhile' in outcome ? outcome.meanwhile : null;
  if (meanwhile === null) return wantedOwner(session, place, record);
  return 'rep' in meanwhile
    ? session.memory.roster.ownerOf(record.connectionId, meanwhile.rep)
    : queueOwner(session, record, meanwhile.queue);
};

const queueOwner = (session: Knowing, record: Where, queueId: string): string | null => {
  const target = queueTarget(session, record, queueId);
  return target === null ? null : ownerOfTarget(session, record, target);
};

/** What a queue is in a record's CRM; null: the policy does not say. */
export const queueTarget = (session: Knowing, record: Where, queueId: string): QueueTarget | null => {
  const vendor = session.memory.roster.connections.get(record.connectionId)?.vendor;
  const found = session.memory.compiled?.policy.queues.find(({ id }) => id === queueId);
  return vendor === undefined || vendor === 'slack' ? null : (found?.targets[vendor] ?? null);
};

/** The owner id of a queue's target; null: there is no such owner. */
export const ownerOfTarget = (
  session: Knowing,
  { connectionId }: Where,
  target: QueueTarget,
): string | null =>
  'owner' in target
    ? session.memory.roster.ownerByEmail(connectionId, target.owner)
    : session.memory.roster.ownerByQueue(connectionId, target.queue);
