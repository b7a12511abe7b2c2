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
import { CONVERTED_FIELD, PATHS, REASON_FIELDS } from './facts.ts';
import { VENDOR } from './failures.ts';
import { type FieldCatalog, hasReasonFields } from './fields.ts';
import { makeNotes } from './notes.ts';
import { asText, idIn } from './query.ts';
import { readRecords } from './read-records.ts';
import { reasonValues } from './reason-values.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeRows } from './write-rows.ts';

export interface WriteWays extends Ways {
  readonly fields: FieldCatalog;
}

type Found = ReadonlyMap<string, FoundRecord>;
type Outcomes = ReadonlyMap<string, Written>;

/**
 * Writes owners and reasons onto records of one object type, up to a hundred. Zoho cannot make a write depend on what it
 * replaces: each record is looked at first, an owner that is neither the expected one nor ours is somebody's choice and
 * stays; and it is looked at again afterwards, as the org's own automation may have given it to somebody else.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const { module } = factsOf(writes[0]?.record.objectType ?? '');
  const fields = hasReasonFields(await ways.fields.of(ways.connection, module, ways.until));
  const found = await look(writes, fields, ways);
  const plans = writes.map((write) =>
    planWrite(write, found.get(write.record.recordId) ?? null, { fields, vendor: VENDOR }),
  );
  const toWrite = writes.filter((_, index) => plans[index]?.step === 'write');
  const written = await update(toWrite, { module, fields }, ways);
  const now = await lookAfter(toWrite, found, written, ways);
  const results = writes.map((write, index) => resultOf(write, plans[index]!, written, now));
  return fields ? results : noteReasons(writes, plans, results, ways);
};

/** Records that can be written: neither gone nor converted. */
const look = async (writes: readonly RecordWrite[], fields: boolean, ways: WriteWays): Promise<Found> => {
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
): Promise<Outcomes> => {
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
  const outcomes = results.map(({ outcome }) => outcome);
  if (outcomes.some(lacksField)) ways.fields.forget(ways.connection);
  return new Map(
    writes.map(({ deliveryId }, index) => {
      const outcome = outcomes[index] ?? { kind: 'unknown' };
      return [deliveryId, lacksField(outcome) ? AGAIN : outcome];
    }),
  );
};

/** A field was changed or hidden from our user: at the next try it is looked for again. */
const lacksField = (outcome: Written): boolean =>
  outcome.kind === 'refused' && Object.values(REASON_FIELDS).some((name) => outcome.remedy.includes(name));

const AGAIN: Written = { kind: 'retry', code: 'reason_field_missing', afterMs: null };

/** The owners after a write that changed them, or that ended in doubt. */
const lookAfter = async (
  writes: readonly RecordWrite[],
  before: Found,
  written: Outcomes,
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
  written: Outcomes,
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

/** Where an org has no fields for it the reason becomes a note, after the owner stands. */
const noteReasons = async (
  writes: readonly RecordWrite[],
  plans: readonly Planned[],
  results: readonly DeliveryResult[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const due = writes.filter((_, index) => results[index]?.outcome === 'done' && plans[index]?.step !== 'end');
  const outcomes = await makeNotes(
    due.map(({ record, decision, attempts }) => ({ record, decision, mayExist: attempts > 1 })),
    ways,
  );
  const noted = new Map(due.map(({ deliveryId }, index) => [deliveryId, outcomes[index]]));
  return writes.map(({ deliveryId }, index) => {
    const outcome = noted.get(deliveryId);
    if (outcome === undefined || outcome.kind === 'written') return results[index]!;
    // A note that is refused for good does not undo the owner that stands.
    return outcome.kind === 'refused'
      ? { outcome: 'done', detail: { note: outcome.code } }
      : asResult(outcome);
  });
};
