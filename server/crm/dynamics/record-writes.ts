import type { DeliveryResult } from '../../assignments/ports.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { asResult, DONE, type FoundRecord, planWrite, type RecordWrite } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { reasonWithOthers } from '../reason-with-others.ts';
import { VENDOR } from './client.ts';
import type { Columns } from './columns.ts';
import { LEAD_STATES, LOOKUP_TABLE, REASON_COLUMNS, REASON_LENGTH, TAG } from './facts.ts';
import { errorOf } from './failures.ts';
import { asGuid, isGuid } from './ids.ts';
import { keepNotes } from './notes.ts';
import { ownerBind, ownerIn } from './owners.ts';
import { ANNOTATED, isIn, queryRows, type Row, row, textOf } from './query.ts';
import { type Answered, failureOf, sendBatches, type Ways } from './send-batches.ts';
import { factsOf } from './to-snapshot.ts';

export interface WriteWays extends Ways {
  readonly columns: Columns;
}

interface Found extends FoundRecord {
  readonly etag: string;
}

/** How often a record is looked at again that somebody saves at the same moment. */
const MOST_ROUNDS = 4;

/**
 * Writes owners and reasons onto records of one type. Each write depends on the version that was looked at: where
 * somebody saved the record in between, it is looked at again, and an owner who is neither the expected one nor ours
 * stays. Without Fairlead's columns the reason goes into a note.
 */
export const writeRecords = async (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> => {
  const objectType = writes[0]?.record.objectType ?? '';
  const fields = await ways.columns.forReason(ways.connection, objectType, ways.until);
  const results = new Map<string, DeliveryResult>();
  let open = writes;
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    const ended = await tryRound(open, { fields, first: round === 0 }, ways);
    for (const [id, result] of ended) results.set(id, result);
    open = open.filter(({ deliveryId }) => !ended.has(deliveryId));
  }
  const all = writes.map(({ deliveryId }) => results.get(deliveryId) ?? BUSY);
  return fields ? all : keepNotes(writes, all, ways);
};

const BUSY: DeliveryResult = { outcome: 'retry', afterMs: null, code: 'record_changed' };

/** Looks, writes, and says what ended; the rest is for another round. A first look that fails fails all. */
const tryRound = async (
  writes: readonly RecordWrite[],
  { fields, first }: { readonly fields: boolean; readonly first: boolean },
  ways: WriteWays,
): Promise<ReadonlyMap<string, DeliveryResult>> => {
  const ended = new Map<string, DeliveryResult>();
  const toWrite: { readonly write: RecordWrite; readonly etag: string }[] = [];
  const found = await look(writes, fields, ways).catch((error: unknown) => {
    if (first) throw error;
    const failure = asResult(failureOfError(error));
    for (const { deliveryId } of writes) ended.set(deliveryId, failure);
    return null;
  });
  if (found === null) return ended;
  for (const write of writes) {
    const record = found.get(write.record.recordId) ?? null;
    const plan = planWrite(write, record, { fields, vendor: VENDOR });
    if (plan.step === 'end') ended.set(write.deliveryId, plan.result);
    else if (plan.step === 'owner_stands' || record === null) ended.set(write.deliveryId, DONE);
    else toWrite.push({ write, etag: record.etag });
  }
  const answers = await sendBatches(
    toWrite.map(({ write, etag }) => toRequest(write, etag, fields)),
    ways,
  );
  toWrite.forEach(({ write }, index) => {
    const result = resultOf(write, answers[index]!, ways);
    if (result !== null) ended.set(write.deliveryId, result);
  });
  return ended;
};

/** Records that can be written: there, and neither qualified nor merged. */
const look = async (
  writes: readonly RecordWrite[],
  fields: boolean,
  ways: WriteWays,
): Promise<ReadonlyMap<string, Found>> => {
  const { entitySet, primaryId, merges, converts } = factsOf(writes[0]?.record.objectType ?? '');
  const ids = [...new Set(writes.map(({ record }) => record.recordId))].filter(isGuid);
  if (ids.length === 0) return new Map();
  const properties = [primaryId, '_ownerid_value', 'statecode', ...(merges ? ['merged'] : [])];
  if (fields) properties.push(REASON_COLUMNS.decision);
  const rows = await queryRows(ways.call, ways.connection, {
    path: entitySet,
    query: { $select: properties.join(','), $filter: isIn(primaryId, ids) },
    prefer: ANNOTATED,
    purpose: 'delivery',
    until: ways.until,
  });
  const alive = rows.filter(
    ({ statecode, merged }) => merged !== true && !(converts && statecode === LEAD_STATES.qualified),
  );
  return new Map(alive.map((one) => [String(one[primaryId]).toLowerCase(), toFound(one)]));
};

const toFound = (found: Row): Found => ({
  etag: String(found['@odata.etag'] ?? ''),
  ownerId: ownerIn(found),
  decisionId: textOf(found[REASON_COLUMNS.decision]),
});

const toRequest = (write: RecordWrite, etag: string, fields: boolean) => {
  const { entitySet } = factsOf(write.record.objectType);
  return {
    method: 'PATCH',
    path: `${entitySet}(${asGuid(write.record.recordId)})?$select=_ownerid_value&tag=${TAG}`,
    headers: {
      // Without a condition a record deleted meanwhile would be made anew.
      'If-Match': etag === '' ? '*' : etag,
      Prefer: `return=representation,odata.include-annotations="${LOOKUP_TABLE}"`,
    },
    body: {
      ...(write.ownerId !== null && { 'ownerid@odata.bind': ownerBind(write.ownerId) }),
      ...(fields && reasonValues(write)),
    },
  } as const;
};

export const reasonValues = ({ decision }: Pick<RecordWrite, 'decision'>) => ({
  [REASON_COLUMNS.reason]: reasonWithOthers(decision, REASON_LENGTH),
  [REASON_COLUMNS.decision]: decision.id,
  [REASON_COLUMNS.rule]: decision.rule && cutText(decision.rule.name, 255),
  [REASON_COLUMNS.pool]: decision.pool && cutText(decision.pool.name, 255),
  [REASON_COLUMNS.decidedAt]: decision.decidedAt,
});

/** null: the record is to be looked at again, as it was saved meanwhile or the outcome is unknown. */
const resultOf = (write: RecordWrite, answer: Answered, ways: WriteWays): DeliveryResult | null => {
  if (answer.status === 412) return null;
  if (answer.status !== null && answer.status < 300) return resultOfBody(write, answer.body);
  const failure = failureOf(answer);
  if (failure.kind === 'unknown') return null;
  if (answer.status === 400 && /fairlead_/.test(errorOf(answer.body).message)) {
    // The solution was removed: at the next try the owner is written alone.
    ways.columns.forget(ways.connection);
    return { outcome: 'retry', afterMs: null, code: 'reason_field_missing' };
  }
  return asResult(failure);
};

/** The record after the save: what the environment's own plug-ins put there instead is kept, and told. */
const resultOfBody = (write: RecordWrite, body: unknown): DeliveryResult => {
  const owner = ownerIn(row.safeParse(body).data ?? {});
  if (write.ownerId === null || owner === null || owner === write.ownerId) return DONE;
  return { outcome: 'overtaken', ownerId: owner };
};
