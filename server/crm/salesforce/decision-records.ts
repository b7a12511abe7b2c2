import type { DeliveryResult } from '../../assignments/ports.ts';
import type { DecisionView } from '../../assignments/views.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Written } from '../bisect.ts';
import { type RecordWrite, withBeside } from '../delivery/record-write.ts';
import type { BulkWays } from './bulk/bulk-job.ts';
import { writeByBulk } from './bulk/write-by-bulk.ts';
import {
  BATCH_LIMIT,
  DECISION_FIELDS,
  DECISION_OBJECT,
  NAME_LENGTH,
  OWNER_PREFIXES,
  PATHS,
  REASON_LENGTH,
} from './facts.ts';
import type { Packaged } from './packaged.ts';
import { writeCollection } from './write-collection.ts';

/**
 * Keeps the decisions of writes that went well in the package's own object, where it is installed: upserted by the
 * decision's id, so that a repeat makes no second row. A refused row does not undo the owner that stands.
 */
export const keepDecisions = async (
  writes: readonly RecordWrite[],
  results: readonly DeliveryResult[],
  ways: BulkWays & { readonly packaged: Packaged },
): Promise<readonly DeliveryResult[]> => {
  const done = writes.filter((_, index) => results[index]?.outcome === 'done');
  const fields = done.length > 0 ? await ways.packaged.decisionFields(ways.connection, ways.until) : null;
  if (fields === null) return results;
  // A twin's write in the same batch tells of the same decision: one row is enough, and two would be refused.
  const unique = [...new Map(done.map((write) => [write.decision.id, write])).values()];
  const outcomes = await upsert(unique, fields, ways);
  const kept = new Map(unique.map(({ decision }, index) => [decision.id, outcomes[index]]));
  return results.map((result, index) => {
    const outcome = result.outcome === 'done' ? kept.get(writes[index]!.decision.id) : undefined;
    return withBeside(result, 'decisionRecord', outcome);
  });
};

const upsert = (
  writes: readonly RecordWrite[],
  fields: ReadonlySet<string>,
  ways: BulkWays,
): Promise<readonly Written[]> => {
  const { api, key } = DECISION_OBJECT;
  if (writes.length > BATCH_LIMIT)
    return writeByBulk(
      writes.map((write) => toRow(write, fields)),
      key,
      { object: api, operation: 'upsert', externalIdFieldName: key },
      ways,
    );
  const toRecord = (write: RecordWrite) => ({ attributes: { type: api }, ...toRow(write, fields) });
  return writeCollection(writes, { method: 'PATCH', path: PATHS.upsert(api, key), toRecord }, ways);
};

const toRow = ({ record, ownerId, decision }: RecordWrite, fields: ReadonlySet<string>) => {
  const values = {
    [DECISION_OBJECT.key]: decision.id,
    [DECISION_FIELDS.record]: record.recordId,
    [DECISION_FIELDS.lead]: record.objectType === 'lead' ? record.recordId : null,
    [DECISION_FIELDS.assignedTo]: ownerId?.startsWith(OWNER_PREFIXES.user) ? ownerId : null,
    [DECISION_FIELDS.assignedName]: cutName(nameOf(decision)),
    [DECISION_FIELDS.rule]: cutName(decision.rule?.name),
    [DECISION_FIELDS.pool]: cutName(decision.pool?.name),
    [DECISION_FIELDS.reason]: cutText(decision.reason, REASON_LENGTH),
    [DECISION_FIELDS.decidedAt]: decision.decidedAt,
    [DECISION_FIELDS.outcome]: decision.outcome,
    [DECISION_FIELDS.logOnly]: decision.logOnly,
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields.has(name)));
};

/** null: there is none. */
const cutName = (name: string | null | undefined): string | null =>
  name == null ? null : cutText(name, NAME_LENGTH);

/** Who has the lead by the decision: a rep or a queue. */
const nameOf = (decision: DecisionView): string | null =>
  decision.rep?.name ?? ('queue' in decision ? decision.queue.name : null);
