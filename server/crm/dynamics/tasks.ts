import type { DeliveryResult } from '../../assignments/ports.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { asResult, DONE, type TaskWrite } from '../delivery/record-write.ts';
import { bindNames, TAG, TASK_PRIORITY_HIGH } from './facts.ts';
import { asGuid, guidFor } from './ids.ts';
import { ownerBind } from './owners.ts';
import { failureOf, sendBatches, type Ways } from './send-batches.ts';
import { factsOf } from './to-snapshot.ts';

/** Makes tasks, each once: its id follows from record and decision. One result for each, in order. */
export const makeTasks = async (
  tasks: readonly TaskWrite[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const answers = await sendBatches(tasks.map(toRequest), ways);
  return answers.map((answer) => {
    const there = answer.status !== null && (answer.status < 300 || answer.status === 412);
    return there ? DONE : asResult(failureOf(answer));
  });
};

const toRequest = ({ record, decision, ownerId, words }: TaskWrite) =>
  ({
    method: 'PATCH',
    path: `tasks(${guidFor(`task ${record.recordId} ${words.mark}`)})?tag=${TAG}`,
    headers: { 'If-None-Match': '*' },
    body: {
      subject: words.subject,
      description: `${cutText(words.text, 1_900)}\nFairlead decision ${words.mark}`,
      prioritycode: TASK_PRIORITY_HIGH,
      scheduledend: decision.decidedAt,
      'ownerid@odata.bind': ownerBind(ownerId),
      [bindNames(record.objectType).task]:
        `/${factsOf(record.objectType).entitySet}(${asGuid(record.recordId)})`,
    },
  }) as const;
