import { evaluate } from '../routing/conditions/evaluate.ts';
import { deriver } from '../routing/derive/derive-values.ts';
import { close } from './close.ts';
import { decideAgain } from './decide-again.ts';
import { type DecideParts, decideLeadWith } from './decide-leads.ts';
import { isEntering } from './enter-crm.ts';
import { followRecord } from './follow-record.ts';
import { isHeld } from './is-held.ts';
import type { LaneItem } from './lane.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { peekRecord } from './peek.ts';
import { type LeadReading, readLead, toReading } from './read-lead.ts';
import { typeValues } from './snapshot.ts';
import { isFirst } from './twins.ts';
import type { UseCases } from './use-cases.ts';

type RecordChange = Parameters<UseCases['recordChanged']>[0];

/**
 * A record changed in its CRM. One that nothing is known of may enter, where the policy says which records it takes
 * in; an open lead's owner is followed, and it ends once it is no open work any more.
 */
export const recordChanged =
  (parts: DecideParts & { readonly store: LaneStore }): UseCases['recordChanged'] =>
  async (event) => {
    const { tenantId, record, source, snapshot } = event;
    const lead = await peekRecord(parts.store, tenantId, record);
    const open = lead !== null && lead.assignment.closedAt === null;
    if (open) {
      const reading = await readingOf(event, parts);
      return parts.lanes.submit(tenantId, followItem(event, reading));
    }
    const { read } = await parts.lanes.known(tenantId);
    if (read === null || read.policy.intake.when === null) return;
    await decideLeadWith(parts, { tenantId, source, record, ...(snapshot && { snapshot }) }, false);
  };

const readingOf = async (
  { tenantId, record, snapshot }: RecordChange,
  parts: DecideParts,
): Promise<LeadReading> =>
  snapshot === undefined
    ? readLead(tenantId, [record], parts)
    : toReading([snapshot], await parts.lanes.known(tenantId));

const followItem = ({ record }: RecordChange, reading: LeadReading): LaneItem<void> => ({
  kind: 'record_changed',
  wanted: { records: [record] },
  apply: (session) => {
    const file = session.byRecord(record);
    if (file === undefined || file.assignment.closedAt !== null || reading.kind !== 'read') return;
    if (isEntering(file, record)) return;
    const counts = isFirst(session, file, reading.snapshot.ref);
    if (counts && reading.snapshot.gone === null && isWorked(session, file, reading))
      return close(session, file, 'closed_in_crm');
    if (isHeld(file)) decideAgain(session, file, reading, file.assignment.history);
    else followRecord(session, file, reading.snapshot);
  },
});

/** Whether the record is certainly no open work any more: by the policy's condition, else by the CRM's own default. */
const isWorked = (session: LaneSession, file: LeadFile, reading: LeadReading & { kind: 'read' }): boolean => {
  const policy = session.memory.compiled?.policy;
  if (policy === undefined || policy.openWork === null) return reading.snapshot.open === false;
  const { values } = typeValues(session, reading, file.snapshot.given);
  return (
    evaluate(policy.openWork, deriver(policy)(values, session.now).values, {
      now: session.now,
      timezone: policy.timezone,
    }) === false
  );
};
