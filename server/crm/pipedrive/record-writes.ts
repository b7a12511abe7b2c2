import type { DeliveryResult } from '../../assignments/ports.ts';
import { eachOf } from '../call/each-of.ts';
import {
  asResult,
  DONE,
  type FoundRecord,
  leftToWrite,
  planWrite,
  type RecordWrite,
  withBeside,
} from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { VENDOR } from './client.ts';
import { OBJECT_TYPES, type ObjectType, PATHS } from './facts.ts';
import { toFailure } from './failures.ts';
import { keepNote } from './notes.ts';
import { readOne } from './read-many.ts';
import { recordReply } from './shapes.ts';
import { reasonFieldOf, WRITERS, type WriteWays } from './write-ways.ts';

/**
 * Writes owners and reasons, record by record, a few at once. Pipedrive cannot make a write depend on what it replaces:
 * each record is read first, and an owner that is neither the expected one nor ours is somebody's choice and stays. The
 * reply to the write has the owner that stands then; what automation does later, webhooks tell. Then the note says why.
 */
export const writeRecords = (
  writes: readonly RecordWrite[],
  ways: WriteWays,
): Promise<readonly DeliveryResult[]> =>
  eachOf(writes, WRITERS, async (write) => {
    try {
      return await writeOne(write, ways);
    } catch (error) {
      return asResult(failureOfError(error));
    }
  });

const writeOne = async (write: RecordWrite, ways: WriteWays): Promise<DeliveryResult> => {
  const found = await look(write, ways);
  const plan = planWrite(write, found, { fields: reasonFieldOf(ways) !== null, vendor: VENDOR });
  if (plan.step === 'end' && plan.result.outcome !== 'done') return plan.result;
  if (plan.step === 'write') {
    const changed = await change(leftToWrite(write, found), ways);
    if (changed.result.outcome !== 'done') return changed.result;
    const after = changed.ownerId ?? (await look(write, ways))?.ownerId ?? null;
    if (write.ownerId !== null && after !== null && after !== write.ownerId)
      return { outcome: 'overtaken', ownerId: after };
  }
  return sayWhy(write, ways);
};

/** The owner stands: a note that is refused cannot take that back. */
const sayWhy = async (write: RecordWrite, ways: WriteWays): Promise<DeliveryResult> => {
  try {
    await keepNote(write, ways);
    return DONE;
  } catch (error) {
    return withBeside(DONE, 'note', failureOfError(error));
  }
};

const kindOf = (write: RecordWrite): ObjectType =>
  OBJECT_TYPES.find((name) => name === write.record.objectType) ?? 'lead';

/** The decision's id ends the reason. */
const DECISION = /\((dec_\w+)\)$/;

const look = async (write: RecordWrite, ways: WriteWays): Promise<FoundRecord | null> => {
  const row = await readOne(ways.connection, kindOf(write), write.record.recordId, {
    call: ways.call,
    purpose: 'delivery',
    until: ways.until,
  });
  if (row === null || row.is_deleted === true) return null;
  const field = reasonFieldOf(ways);
  const custom = row.custom_fields as Readonly<Record<string, unknown>> | undefined;
  const reason = field === null ? null : String(row[field] ?? custom?.[field] ?? '');
  return { ownerId: String(row.owner_id), decisionId: DECISION.exec(reason ?? '')?.[1] ?? null };
};

const PATH_OF = { lead: PATHS.lead, deal: PATHS.deal, person: PATHS.person } as const;

/** The outcome, and whose the reply says the record is now; null: it does not. */
const change = async (
  write: RecordWrite,
  ways: WriteWays,
): Promise<{ readonly result: DeliveryResult; readonly ownerId: string | null }> => {
  const kind = kindOf(write);
  const reply = await ways.call(ways.connection, {
    method: 'PATCH',
    path: PATH_OF[kind](write.record.recordId),
    body: valuesOf(write, kind, ways),
    purpose: 'delivery',
    until: ways.until,
  });
  if (reply.status >= 300) return { result: asResult(toFailure(reply)), ownerId: null };
  const now = recordReply.safeParse(reply.body).data?.data;
  return { result: DONE, ownerId: now === undefined ? null : String(now.owner_id) };
};

const valuesOf = ({ ownerId, decision }: RecordWrite, kind: ObjectType, ways: WriteWays) => {
  const field = reasonFieldOf(ways);
  const reason = field === null ? {} : { [field]: `${decision.reason} (${decision.id})` };
  return {
    ...(ownerId !== null && { owner_id: Number(ownerId) }),
    ...(kind === 'lead' ? reason : field !== null && { custom_fields: reason }),
  };
};
