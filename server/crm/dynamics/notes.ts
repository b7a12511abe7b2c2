import type { DeliveryResult } from '../../assignments/ports.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { type RecordWrite, withBeside } from '../delivery/record-write.ts';
import { bindNames, REASON_LENGTH, TAG } from './facts.ts';
import { asGuid, guidFor } from './ids.ts';
import { failureOf, sendBatches, type Ways } from './send-batches.ts';
import { factsOf } from './to-snapshot.ts';

/**
 * Notes with the reason, on records whose write went well. Their ids follow from record and decision: making one twice
 * makes it once. A refused note does not undo the owner that stands.
 */
export const keepNotes = async (
  writes: readonly RecordWrite[],
  results: readonly DeliveryResult[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const done = writes.filter((_, index) => results[index]?.outcome === 'done');
  const answers = await sendBatches(done.map(toRequest), ways);
  const kept = new Map(
    done.map(({ deliveryId }, index) => {
      const answer = answers[index]!;
      // 412: it is there already.
      const stands = answer.status !== null && (answer.status < 300 || answer.status === 412);
      return [deliveryId, stands ? undefined : failureOf(answer)];
    }),
  );
  return results.map((result, index) => withBeside(result, 'note', kept.get(writes[index]!.deliveryId)));
};

const toRequest = ({ record, decision }: RecordWrite) =>
  ({
    method: 'PATCH',
    path: `annotations(${guidFor(`note ${record.recordId} ${decision.id}`)})?tag=${TAG}`,
    headers: { 'If-None-Match': '*' },
    body: {
      subject: 'Fairlead: why this owner',
      notetext: `${cutText(decision.reason, REASON_LENGTH)}\nFairlead decision ${decision.id}`,
      [bindNames(record.objectType).note]:
        `/${factsOf(record.objectType).entitySet}(${asGuid(record.recordId)})`,
    },
  }) as const;
