import type { DeliveryResult } from '../../assignments/ports.ts';
import { asResult, DONE, type TaskWrite } from '../delivery/record-write.ts';
import { PATHS, TASK } from './facts.ts';
import { listed, queryRows } from './query.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeCollection } from './write-collection.ts';

/** By which a task is known again. */
const markOf = ({ words }: TaskWrite): string => `Fairlead decision ${words.mark}`;

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

const toRecord = (task: TaskWrite) => ({
  attributes: { type: 'Task' },
  [factsOf(task.record.objectType).taskField]: task.record.recordId,
  OwnerId: task.ownerId,
  Subject: task.words.subject,
  Status: TASK.status,
  Priority: TASK.priority,
  ActivityDate: task.dueOn,
  Description: `${task.words.text}\n${markOf(task)}`,
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
  const subjects = [...new Set(unsure.map(({ words }) => words.subject))];
  const ids = [...new Set(unsure.map(({ record }) => record.recordId))];
  const rows = await queryRows(call, connection, {
    soql: `SELECT Id, Description FROM Task WHERE ${taskField} IN ${listed(ids)} AND Subject IN ${listed(subjects)}`,
    purpose: 'delivery',
    until,
  });
  const texts = rows.map(({ Description }) => String(Description ?? ''));
  return new Set(
    unsure
      .filter((task) => texts.some((text) => text.includes(markOf(task))))
      .map(({ deliveryId }) => deliveryId),
  );
};
