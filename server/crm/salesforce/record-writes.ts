import type { DeliveryResult } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import {
  asResult,
  DONE,
  type FoundRecord,
  type Planned,
  planWrite,
  type RecordWrite,
} from '../delivery/record-write.ts';
import type { BulkWays } from './bulk/bulk-job.ts';
import { writeByBulk } from './bulk/write-by-bulk.ts';
import { VENDOR } from './client.ts';
import { keepDecisions } from './decision-records.ts';
import { BATCH_LIMIT, PATHS, REASON_FIELDS } from './facts.ts';
import type { Packaged } from './packaged.ts';
import { queryByIds } from './query.ts';
import { reasonValues } from './reason-values.ts';
import { factsOf } from './to-snapshot.ts';
import { writeCollection } from './write-collection.ts';

export interface WriteWays extends BulkWays {
  readonly packaged: Packaged;
}

type Found = ReadonlyMap<string, FoundRecord>;

/**
 * Writes owners and reasons onto records of one object type: up to two hundred in one call, more by a bulk job. Each record is looked at first: an owner
 * that is neither the expected one nor ours is somebody's choice and stays. Neither can make a write depend on
 * what it replaces, so owners are looked at again afterwards: what the org's own automation put there instead is kept
 * too, and told.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const api = factsOf(writes[0]?.record.objectType ?? '').api;
  const fields = await ways.packaged.reasonFields(ways.connection, api, ways.until);
  const found = await look(writes, fields, ways);
  const plans = writes.map((write) =>
    planWrite(write, found.get(write.record.recordId) ?? null, { fields, vendor: VENDOR }),
  );
  const toWrite = writes.filter((_, index) => plans[index]?.step === 'write');
  const written = await update(toWrite, api, fields, ways);
  const now = await lookAfter(toWrite, found, written, ways);
  const results = writes.map((write, index) => resultOf(write, plans[index]!, written, now));
  return keepDecisions(writes, results, ways);
};

/** Records that can be written: neither gone nor converted. */
const look = async (writes: readonly RecordWrite[], fields: boolean, ways: WriteWays): Promise<Found> => {
  const { api, converts } = factsOf(writes[0]?.record.objectType ?? '');
  const names = ['Id', 'OwnerId', ...(converts ? ['IsConverted'] : [])];
  if (fields) names.push(REASON_FIELDS.decision);
  const ids = [...new Set(writes.map(({ record }) => record.recordId))];
  const rows = await queryByIds(ways.call, ways.connection, ids, {
    soql: (some) => `SELECT ${names.join(', ')} FROM ${api} WHERE Id IN ${some}`,
    purpose: 'delivery',
    until: ways.until,
  });
  const alive = rows.filter(({ IsConverted }) => IsConverted !== true);
  return new Map(
    alive.map((row) => [
      String(row.Id),
      {
        ownerId: row.OwnerId === null ? null : String(row.OwnerId),
        decisionId: (row[REASON_FIELDS.decision] as string | null | undefined) ?? null,
      },
    ]),
  );
};

const update = async (
  writes: readonly RecordWrite[],
  api: string,
  fields: boolean,
  ways: WriteWays,
): Promise<ReadonlyMap<string, Written>> => {
  const outcomes = await writeAll(writes, api, fields, ways);
  const lacking = outcomes.some(lacksField);
  if (lacking) ways.packaged.forget(ways.connection);
  return new Map(
    writes.map(({ deliveryId }, index) => {
      const outcome = outcomes[index] ?? { kind: 'unknown' };
      return [deliveryId, lacksField(outcome) ? AGAIN : outcome];
    }),
  );
};

/** Thousands by a job, which counts little against the org's calls; fewer at once, so that they are not kept waiting. */
const writeAll = (
  writes: readonly RecordWrite[],
  api: string,
  fields: boolean,
  ways: WriteWays,
): Promise<readonly Written[]> => {
  if (writes.length > BATCH_LIMIT)
    return writeByBulk(
      writes.map((write) => toRow(write, fields)),
      'Id',
      { object: api, operation: 'update' },
      ways,
    );
  const toFields = (write: RecordWrite) => toRecord(write, api, fields);
  return writeCollection(writes, { method: 'PATCH', path: PATHS.collections, toRecord: toFields }, ways);
};

const toRow = ({ record, ownerId, decision }: RecordWrite, fields: boolean) => ({
  Id: record.recordId,
  OwnerId: ownerId,
  ...(fields && reasonValues(decision)),
});

const toRecord = ({ record, ownerId, decision }: RecordWrite, api: string, fields: boolean) => ({
  attributes: { type: api },
  id: record.recordId,
  ...(ownerId !== null && { OwnerId: ownerId }),
  ...(fields && reasonValues(decision)),
});

/** The package was removed, or its fields hidden from our user: at the next try the owner is written alone. */
const lacksField = (outcome: Written): boolean =>
  outcome.kind === 'refused' && Object.values(REASON_FIELDS).some((name) => outcome.remedy.includes(name));

const AGAIN: Written = { kind: 'retry', code: 'reason_field_missing', afterMs: null };

/** The owners after a write that changed them, or that ended in doubt. */
const lookAfter = async (
  writes: readonly RecordWrite[],
  before: Found,
  written: ReadonlyMap<string, Written>,
  ways: WriteWays,
): Promise<Found> => {
  const changed = writes.filter(({ deliveryId, ownerId, record }) => {
    const { kind } = written.get(deliveryId) ?? { kind: 'unknown' };
    const wasOther = before.get(record.recordId)?.ownerId !== ownerId;
    return ownerId !== null && (kind === 'unknown' || (kind === 'written' && wasOther));
  });
  return changed.length === 0 ? new Map() : look(changed, false, ways);
};

const resultOf = (
  { deliveryId, ownerId, record }: RecordWrite,
  plan: Planned,
  written: ReadonlyMap<string, Written>,
  now: Found,
): DeliveryResult => {
  if (plan.step === 'end') return plan.result;
  if (plan.step === 'owner_stands') return DONE;
  const outcome = written.get(deliveryId) ?? { kind: 'unknown' };
  const after = now.get(record.recordId);
  if (after === undefined) return asResult(outcome);
  if (after.ownerId === ownerId) return DONE;
  return outcome.kind === 'written' ? { outcome: 'overtaken', ownerId: after.ownerId } : asResult(outcome);
};
