import type { DeliveryResult } from '../../assignments/ports.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { asResult, DONE, type TaskWrite } from '../delivery/record-write.ts';
import { marked, markOf } from './engagement-mark.ts';
import { PATHS, REASON_LENGTH, TASK } from './facts.ts';
import { factsOf } from './to-snapshot.ts';
import { type Ways, writeRows } from './write-rows.ts';

/** Open ones, and those a rep was quick to close. */
const LISTS = ['Tasks', 'Tasks_History'];

/** Makes the tasks that are not there yet. One result for each, in order. */
export const makeTasks = async (
  tasks: readonly TaskWrite[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const unsure = tasks.filter(({ mayExist }) => mayExist);
  const there = await marked(unsure, ({ words }) => words.mark, { lists: LISTS, field: 'Description' }, ways);
  const wanted = tasks.filter((task) => !there.has(task));
  const made = await writeRows(wanted, { method: 'POST', path: PATHS.records('Tasks'), toRow }, ways);
  return tasks.map((task) => {
    const result = made[wanted.indexOf(task)];
    return result === undefined ? DONE : asResult(result.outcome);
  });
};

/** A contact is who a task is about, everything else what it is about. */
const aboutOf = ({ objectType, recordId }: TaskWrite['record']) =>
  objectType === 'contact'
    ? { Who_Id: { id: recordId } }
    : { What_Id: { id: recordId }, [TASK.moduleField]: factsOf(objectType).module };

const toRow = ({ record, dueOn, ownerId, words }: TaskWrite) => ({
  Subject: words.subject,
  Owner: { id: ownerId },
  Status: TASK.status,
  Priority: TASK.priority,
  Due_Date: dueOn,
  Description: `${cutText(words.text, REASON_LENGTH - 100)}\n${markOf(words.mark)}`,
  ...aboutOf(record),
});
