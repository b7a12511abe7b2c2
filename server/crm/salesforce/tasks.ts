import type { DeliveryResult } from '../../assignments/ports.ts';
import { asResult, DONE, type TaskWrite } from '../delivery/record-write.ts';
import { PATHS, TASK } from './facts.ts';
import { listed, queryRows, quoted } from './query.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeCollection } from './write-collection.ts';

const SUBJECT = 'Take this lead: it is yours';

/** The mark by which a task is known again. */
const markOf = (decisionId: string): string => `Fairlead decision ${decisionId}`;

/** Makes the tasks that are not there yet. One result for each, in order. */
export const makeTasks = async (
  tasks: readonly TaskWrite[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const there = await findExisting(tasks, ways);
  const wanted = tasks.filter(({ deliveryId }) => !there.has(deliveryId));
  const made = await writeCollection(wanted, { method: 'POST', path: PATHS.collections, toRecord }, ways);
  const results = new Map(wanted.map(({ deliveryId }, index) => [deliveryId, asResult(made[index]!)]));
  return tasks.map(({ deliveryId }) => results.get(deliveryId) ?? DONE);
};

const toRecord = ({ record, decision, ownerId }: TaskWrite) => ({
  attributes: { type: 'Task' },
  [factsOf(record.objectType).taskField]: record.recordId,
  OwnerId: ownerId,
  Subject: SUBJECT,
  Status: TASK.status,
  Priority: TASK.priority,
  ActivityDate: decision.decidedAt.slice(0, 10),
  Description: `${decision.reason}\n${markOf(decision.id)}`,
});

/** Deliveries whose task is on its record already. A description cannot be filtered by: it is read and looked into. */
const findExisting = async (
  tasks: readonly TaskWrite[],
  { call, connection, until }: Ways,
): Promise<ReadonlySet<string>> => {
  const unsure = tasks.filter(({ mayExist }) => mayExist);
  const [first] = unsure;
  if (first === undefined) return new Set();
  const { taskField } = factsOf(first.record.objectType);
  const ids = [...new Set(unsure.map(({ record }) => record.recordId))];
  const rows = await queryRows(call, connection, {
    soql: `SELECT Id, Description FROM Task WHERE ${taskField} IN ${listed(ids)} AND Subject = ${quoted(SUBJECT)}`,
    purpose: 'delivery',
    until,
  });
  const texts = rows.map(({ Description }) => String(Description ?? ''));
  return new Set(
    unsure
      .filter(({ decision }) => texts.some((text) => text.includes(markOf(decision.id))))
      .map(({ deliveryId }) => deliveryId),
  );
};
