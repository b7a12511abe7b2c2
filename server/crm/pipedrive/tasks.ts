import type { DeliveryResult } from '../../assignments/ports.ts';
import { eachOf } from '../call/each-of.ts';
import { asResult, DONE, type TaskWrite } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { PATHS, POINTERS, TASK_TYPE } from './facts.ts';
import { readBody, toFailure } from './failures.ts';
import { activityPage } from './shapes.ts';
import { WRITERS, type WriteWays } from './write-ways.ts';

/** By which a task is known again. */
const markOf = ({ words }: TaskWrite): string => `Fairlead decision ${words.mark}`;

/** Makes the tasks that are not there yet, as activities. One result for each, in order. */
export const makeTasks = (tasks: readonly TaskWrite[], ways: WriteWays): Promise<readonly DeliveryResult[]> =>
  eachOf(tasks, WRITERS, async (task) => {
    try {
      return task.mayExist && (await isThere(task, ways)) ? DONE : await make(task, ways);
    } catch (error) {
      return asResult(failureOfError(error));
    }
  });

const pointerOf = ({ record }: TaskWrite) => {
  const { field } = POINTERS[record.objectType as keyof typeof POINTERS] ?? POINTERS.lead;
  return { field, id: record.objectType === 'lead' ? record.recordId : Number(record.recordId) };
};

const isThere = async (task: TaskWrite, { call, connection, until }: WriteWays): Promise<boolean> => {
  const { field, id } = pointerOf(task);
  const reply = await call(connection, {
    method: 'GET',
    path: PATHS.activities,
    query: { [field]: String(id) },
    purpose: 'delivery',
    until,
  });
  const { data } = readBody(activityPage, reply);
  return (data ?? []).some(({ note }) => note?.includes(markOf(task)));
};

const make = async (task: TaskWrite, { call, connection, until }: WriteWays): Promise<DeliveryResult> => {
  const { field, id } = pointerOf(task);
  const { dueOn, ownerId, words } = task;
  const reply = await call(connection, {
    method: 'POST',
    path: PATHS.activities,
    body: {
      subject: words.subject,
      type: TASK_TYPE,
      owner_id: Number(ownerId),
      [field]: id,
      due_date: dueOn,
      note: `${words.text}\n${markOf(task)}`,
    },
    purpose: 'delivery',
    until,
  });
  return reply.status < 300 ? DONE : asResult(toFailure(reply));
};
