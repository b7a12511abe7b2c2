import type { ConnectionInfo, DeliveryResult } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import {
  asResult,
  DONE,
  leftToWrite,
  type Planned,
  planWrite,
  type RecordWrite,
  refusesField,
  withBeside,
} from '../delivery/record-write.ts';
import { batchOutcomes } from './batch-outcomes.ts';
import { sendBisecting } from './bisect.ts';
import type { CallHubspot } from './client.ts';
import { makeEngagements } from './engagements.ts';
import { OWNER_PROPERTY, PATHS, REASON_PROPERTIES } from './facts.ts';
import { readObjects } from './read-objects.ts';
import { type OwnFields, reasonProperties } from './reason-fields.ts';
import type { CrmObject } from './shapes.ts';

export interface WriteWays {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
  readonly reasonFields: OwnFields;
  readonly until: number;
}

/**
 * Writes owners and reasons onto records of one object type, up to a hundred. Each record is looked at first: an owner
 * that is neither the expected one nor ours is somebody's choice and stays. HubSpot cannot make a write depend on what
 * it replaces, so a choice made between the look and the write, a fraction of a second, is overwritten, and put back
 * when the push tells of it.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const objectType = writes[0]?.record.objectType ?? '';
  const fields = await ways.reasonFields.ensure(ways.connection, objectType, ways.until);
  const found = await readOwners(writes, fields, ways);
  const seen = writes.map(({ record }) => toFound(found.get(record.recordId)));
  const plans = writes.map((write, index) =>
    planWrite(write, seen[index] ?? null, { fields, vendor: 'HubSpot' }),
  );
  const toWrite = writes.flatMap((write, index) =>
    plans[index]?.step === 'write' ? leftToWrite(write, seen[index] ?? null) : [],
  );
  const written = await update(toWrite, fields, ways);
  const noted = fields ? new Map<string, Written>() : await note(writes, plans, written, ways);
  return writes.map((write, index) => {
    const planned = plans[index];
    if (planned?.step === 'end') return planned.result;
    return toResult(written.get(write.deliveryId), noted.get(write.deliveryId));
  });
};

const readOwners = (
  writes: readonly RecordWrite[],
  fields: boolean,
  { call, connection, until }: WriteWays,
) => {
  const ids = [...new Set(writes.map(({ record }) => record.recordId))];
  const properties = fields ? [OWNER_PROPERTY, REASON_PROPERTIES.decision] : [OWNER_PROPERTY];
  return readObjects(call, connection, writes[0]?.record.objectType ?? '', ids, properties, {
    purpose: 'delivery',
    until,
  });
};

const toFound = (found: CrmObject | undefined) =>
  !found || found.archived
    ? null
    : {
        ownerId: found.properties[OWNER_PROPERTY] || null,
        decisionId: found.properties[REASON_PROPERTIES.decision] ?? null,
      };

const update = async (
  writes: readonly RecordWrite[],
  fields: boolean,
  ways: WriteWays,
): Promise<ReadonlyMap<string, Written>> => {
  const objectType = writes[0]?.record.objectType ?? '';
  const outcomes = await sendBisecting(writes, {
    send: (inputs) =>
      ways.call(ways.connection, {
        method: 'POST',
        path: PATHS.batchUpdate(objectType),
        body: { inputs: inputs.map((write) => toInput(write, fields)) },
        purpose: 'delivery',
        until: ways.until,
      }),
    read: (inputs, reply) =>
      batchOutcomes(
        inputs.map(({ record, deliveryId }) => ({ recordId: record.recordId, traceId: deliveryId })),
        reply,
      ),
    common: lacksField,
  });
  if (fields && outcomes.some(lacksField)) ways.reasonFields.forget(ways.connection, objectType);
  const settled = await lookAtUnknown(writes, outcomes, ways);
  return new Map(writes.map(({ deliveryId }, index) => [deliveryId, settled[index] ?? { kind: 'unknown' }]));
};

const toInput = ({ record, deliveryId, ownerId, decision }: RecordWrite, fields: boolean) => ({
  id: record.recordId,
  objectWriteTraceId: deliveryId,
  properties: {
    ...(ownerId !== null && { [OWNER_PROPERTY]: ownerId }),
    ...(fields && reasonProperties(decision)),
  },
});

/** Somebody deleted one of our properties: they are made again, or a note is, at the next try. */
const lacksField = (outcome: Written): boolean => refusesField(outcome, REASON_PROPERTIES);

/** A partial reply that says nothing of an input is settled by looking: does our owner stand? */
const lookAtUnknown = async (
  writes: readonly RecordWrite[],
  outcomes: readonly Written[],
  ways: WriteWays,
): Promise<readonly Written[]> => {
  const unknown = writes.filter((_, index) => outcomes[index]?.kind === 'unknown');
  if (unknown.length === 0) return outcomes.map((outcome) => (lacksField(outcome) ? again : outcome));
  const found = await readOwners(unknown, false, ways);
  return writes.map((write, index) => {
    const outcome = outcomes[index] ?? again;
    if (outcome.kind !== 'unknown') return lacksField(outcome) ? again : outcome;
    const owner = found.get(write.record.recordId)?.properties[OWNER_PROPERTY];
    return write.ownerId !== null && owner === write.ownerId ? { kind: 'written' } : outcome;
  });
};

const again: Written = { kind: 'retry', code: 'reason_property_missing', afterMs: null };

/** Where the account has no properties for the reason it becomes a note, after the owner stands. */
const note = async (
  writes: readonly RecordWrite[],
  plans: readonly Planned[],
  written: ReadonlyMap<string, Written>,
  { call, connection, until }: WriteWays,
): Promise<ReadonlyMap<string, Written>> => {
  const due = writes.filter(
    ({ deliveryId }, index) =>
      plans[index]?.step === 'owner_stands' || written.get(deliveryId)?.kind === 'written',
  );
  const notes = due.map(({ deliveryId, record, decision, attempts }) => ({
    deliveryId,
    record,
    decision,
    ownerId: null,
    mayExist: attempts > 1,
  }));
  const outcomes = await makeEngagements(notes, { call, connection, until });
  return new Map(due.map(({ deliveryId }, index) => [deliveryId, outcomes[index] ?? { kind: 'unknown' }]));
};

/** Done when every part is. */
const toResult = (write: Written | undefined, noted: Written | undefined): DeliveryResult =>
  write && write.kind !== 'written' ? asResult(write) : withBeside(DONE, 'note', noted);
