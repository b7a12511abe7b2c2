import { randomUUID } from 'node:crypto';
import type { PushSwitches } from '../../push-switches.ts';
import { type Org, tableOf } from '../org.ts';
import type { RowChange } from '../types.ts';
import { encodeChange } from './encode-change.ts';
import type { EventBus } from './event-bus.ts';
import { type ChangeType, leadChangeSchema } from './lead-change-schema.ts';

const TYPES = { created: 'CREATE', updated: 'UPDATE', deleted: 'DELETE', undeleted: 'UNDELETE' } as const;

interface Told {
  readonly change: RowChange;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
}

/** Writes the changes of transactions onto the bus as events. */
export const createChangeEvents = (org: Org, bus: EventBus, pushes: PushSwitches) => {
  let commits = 11_720_906_000;

  const told = (change: RowChange): Told => {
    const row = tableOf(org, 'Lead').get(change.id);
    const created = () => Object.keys(row ?? {}).filter((name) => row?.[name] !== null);
    const fields = { created: created(), updated: [...change.fields, 'LastModifiedDate'] };
    return {
      change,
      ids: [change.id],
      fields: change.kind === 'created' || change.kind === 'updated' ? fields[change.kind] : [],
    };
  };

  const alike = ({ change, fields }: Told): string => {
    const row = tableOf(org, 'Lead').get(change.id);
    return JSON.stringify([change.kind, fields.map((name) => [name, row?.[name] ?? null])]);
  };

  const publish = (
    changeType: ChangeType,
    { change, ids, fields }: Told,
    { transactionKey, sequenceNumber }: { readonly transactionKey: string; readonly sequenceNumber: number },
  ): void => {
    const schema = leadChangeSchema(org);
    const payload = encodeChange(schema, {
      changeType,
      recordIds: ids,
      fields,
      row: tableOf(org, 'Lead').get(ids[0] ?? ''),
      change,
      transactionKey,
      sequenceNumber,
      commitNumber: commits++,
    });
    const id = randomUUID();
    pushes.pass(() => bus.publish({ id, schemaId: schema.id, payload }));
  };

  return {
    /** What one transaction did to leads: neighbours to which the same was done share an event. */
    tell: (changes: readonly RowChange[]): void => {
      const leads = changes.filter(({ objectType }) => objectType === 'Lead').map(told);
      const merged: Told[] = [];
      for (const next of leads) {
        const last = merged.at(-1);
        if (last?.change.kind === 'updated' && alike(last) === alike(next))
          merged[merged.length - 1] = { ...last, ids: [...last.ids, ...next.ids] };
        else merged.push(next);
      }
      const transactionKey = randomUUID();
      for (const [index, event] of pushes.order(merged).entries())
        publish(TYPES[event.change.kind], event, { transactionKey, sequenceNumber: index + 1 });
    },
    /** An event in place of ones that could not be made: it says which records changed, or (overflow) not even that. */
    gap: (changeType: `GAP_${string}`, ids: readonly string[]): void => {
      const change: RowChange = {
        objectType: 'Lead',
        id: ids[0] ?? '',
        at: org.now(),
        kind: 'updated',
        fields: [],
        actor: { userId: '', via: 'ui', client: null },
      };
      publish(changeType, { change, ids, fields: [] }, { transactionKey: randomUUID(), sequenceNumber: 1 });
    },
  };
};
