import type { DeliveryResult } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import type { FoundRecord, RecordWrite } from '../delivery/record-write.ts';
import { writeBetweenLooks } from '../delivery/write-between-looks.ts';
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

/**
 * Writes owners and reasons onto records of one object type: up to two hundred in one call, more by a bulk job. Neither
 * can make a write depend on what it replaces.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const api = factsOf(writes[0]?.record.objectType ?? '').api;
  const fields = await ways.packaged.reasonFields(ways.connection, api, ways.until);
  const ended = await writeBetweenLooks(writes, {
    vendor: VENDOR,
    fields,
    // Triggers and flows of the org run within our write.
    undisturbed: false,
    look: (some, reason) => look(some, reason, ways),
    write: (some) => writeAll(some, api, fields, ways),
    reasonFields: REASON_FIELDS,
    forgetFields: () => ways.packaged.forget(ways.connection),
  });
  const results = ended.map(({ result }) => result);
  return keepDecisions(writes, results, ways);
};

/** Records that can be written: neither gone nor converted. */
const look = async (
  writes: readonly RecordWrite[],
  fields: boolean,
  ways: WriteWays,
): Promise<ReadonlyMap<string, FoundRecord>> => {
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
