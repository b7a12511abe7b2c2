import { expect, test } from 'vitest';
import type { RecordWrite } from '../../server/crm/delivery/record-write.ts';
import { writeBetweenLooks } from '../../server/crm/delivery/write-between-looks.ts';

const write = (recordId: string, ownerId: string | null): RecordWrite =>
  ({
    deliveryId: `dlv_${recordId}`,
    attempts: 1,
    record: { connectionId: 'con_1', objectType: 'lead', recordId },
    decision: { id: 'dec_new' },
    ownerId,
    mayBeNoted: false,
    replaceable: ['nobody'],
  }) as unknown as RecordWrite;

test('an owner who stands is not written again with the reason: somebody may have chosen another since', async () => {
  const owners = new Map([
    ['stands', 'anna'],
    ['waits', 'nobody'],
  ]);
  const written: (string | null)[] = [];
  const ended = await writeBetweenLooks([write('stands', 'anna'), write('waits', 'anna')], {
    vendor: 'A CRM',
    fields: true,
    undisturbed: true,
    look: async (writes) => {
      const found = new Map(
        writes.map(({ record: { recordId } }) => [
          recordId,
          { ownerId: owners.get(recordId) ?? null, decisionId: 'dec_old' },
        ]),
      );
      // Between our look and our write.
      owners.set('stands', 'zoe');
      return found;
    },
    write: async (writes) => {
      for (const { record, ownerId } of writes) {
        written.push(ownerId);
        if (ownerId !== null) owners.set(record.recordId, ownerId);
      }
      return writes.map(() => ({ kind: 'written' }));
    },
    reasonFields: {},
    forgetFields: () => undefined,
  });
  expect(written).toEqual([null, 'anna']);
  expect([...owners.values()]).toEqual(['zoe', 'anna']);
  expect(ended.map(({ result }) => result)).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
});
