import { rowsOf } from '../environment.ts';
import type { Table } from '../schema/column.ts';
import { isRef, type Row } from '../types.ts';
import type { Transaction } from './transaction.ts';

/** Deletes a record for good, with the steps of an endpoint and the notes and activities of a lead. */
export const removeRow = (tx: Transaction, table: Table, row: Row): void => {
  tx.remove(table.name, row.id);
  tx.tell({ table: table.name, id: row.id, message: 'Delete', values: {} });
  for (const [child, column] of CHILDREN[table.name] ?? [])
    for (const one of [...rowsOf(tx.environment, child).values()]) {
      const ref = one.values[column];
      if (isRef(ref) && ref.id === row.id) tx.remove(child, one.id);
    }
};

const ACTIVITIES = ['task', 'phonecall', 'appointment', 'email'] as const;

const CHILDREN: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  lead: [['annotation', 'objectid'], ...ACTIVITIES.map((name) => [name, 'regardingobjectid'] as const)],
  serviceendpoint: [['sdkmessageprocessingstep', 'eventhandler']],
};
