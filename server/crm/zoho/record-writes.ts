import type { DeliveryResult } from '../../assignments/ports.ts';
import { asText } from '../as-text.ts';
import type { Written } from '../bisect.ts';
import { type FoundRecord, type RecordWrite, withBeside } from '../delivery/record-write.ts';
import { type Ended, writeBetweenLooks } from '../delivery/write-between-looks.ts';
import { CONVERTED_FIELD, PATHS, REASON_FIELDS } from './facts.ts';
import { VENDOR } from './failures.ts';
import { type FieldCatalog, hasReasonFields } from './fields.ts';
import { makeNotes } from './notes.ts';
import { idIn } from './query.ts';
import { readRecords } from './read-records.ts';
import { reasonValues } from './reason-values.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeRows } from './write-rows.ts';

export interface WriteWays extends Ways {
  readonly fields: FieldCatalog;
}

/**
 * Writes owners and reasons onto records of one object type, up to a hundred. Zoho cannot make a write depend on what it
 * replaces.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const { module } = factsOf(writes[0]?.record.objectType ?? '');
  const fields = hasReasonFields(await ways.fields.of(ways.connection, module, ways.until));
  const ended = await writeBetweenLooks(writes, {
    vendor: VENDOR,
    fields,
    // `trigger: []`: no workflow, blueprint or approval does; who gives it away later, notifications tell.
    undisturbed: true,
    look: (some, reason) => look(some, reason, ways),
    write: (some) => update(some, { module, fields }, ways),
    reasonFields: REASON_FIELDS,
    forgetFields: () => ways.fields.forget(ways.connection),
  });
  return fields ? ended.map(({ result }) => result) : noteReasons(writes, ended, ways);
};

/** Records that can be written: neither gone nor converted. */
const look = async (
  writes: readonly RecordWrite[],
  fields: boolean,
  ways: WriteWays,
): Promise<ReadonlyMap<string, FoundRecord>> => {
  const { module, converts } = factsOf(writes[0]?.record.objectType ?? '');
  const found = await readRecords(ways.call, ways.connection, {
    module,
    ids: writes.map(({ record }) => record.recordId),
    fields: ['Owner', ...(converts ? [CONVERTED_FIELD] : []), ...(fields ? [REASON_FIELDS.decision] : [])],
    purpose: 'delivery',
    until: ways.until,
  });
  const alive = [...found].filter(([, row]) => row[CONVERTED_FIELD] !== true);
  return new Map(
    alive.map(([id, row]) => [
      id,
      { ownerId: idIn(row.Owner), decisionId: asText(row[REASON_FIELDS.decision]) },
    ]),
  );
};

const update = async (
  writes: readonly RecordWrite[],
  { module, fields }: { readonly module: string; readonly fields: boolean },
  ways: WriteWays,
): Promise<readonly Written[]> => {
  const results = await writeRows(
    writes,
    {
      method: 'PUT',
      path: PATHS.records(module),
      toRow: ({ record, ownerId, decision }) => ({
        id: record.recordId,
        ...(ownerId !== null && { Owner: { id: ownerId } }),
        ...(fields && reasonValues(decision)),
      }),
    },
    ways,
  );
  return results.map(({ outcome }) => outcome);
};

/** Where an org has no fields for it the reason becomes a note, after the owner stands. */
const noteReasons = async (
  writes: readonly RecordWrite[],
  ended: readonly Ended[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const due = writes.filter((_, index) => {
    const { plan, result } = ended[index]!;
    return result.outcome === 'done' && plan.step !== 'end';
  });
  const outcomes = await makeNotes(
    due.map(({ record, decision, attempts }) => ({ record, decision, mayExist: attempts > 1 })),
    ways,
  );
  const noted = new Map(due.map(({ deliveryId }, index) => [deliveryId, outcomes[index]]));
  return writes.map(({ deliveryId }, index) =>
    withBeside(ended[index]!.result, 'note', noted.get(deliveryId)),
  );
};
