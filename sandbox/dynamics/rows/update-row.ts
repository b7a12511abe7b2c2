import { instant } from '../ids.ts';
import type { Table } from '../schema/column.ts';
import type { Row, Values } from '../types.ts';
import { checkRegistration } from './check-registration.ts';
import { checkOwner } from './check-values.ts';
import { nameOf } from './insert-row.ts';
import { withState } from './states.ts';
import type { Transaction } from './transaction.ts';

/** Changes a record. What was written is told, whether or not it is another value now. Throws DynamicsError. */
export const updateRow = (tx: Transaction, table: Table, before: Row, given: Values): Row => {
  const { environment, actor } = tx;
  const kept = table.name === 'lead' ? environment.automation.keepsOwner : null;
  const asked = withState(given, before.values, table);
  const written: Values = {
    ...asked,
    ...(kept !== null && 'ownerid' in asked && { ownerid: { table: 'systemuser', id: kept } }),
    ...nameOf(table, asked, before.values),
    modifiedon: instant(environment.now()),
    modifiedby: { table: 'systemuser', id: actor.userId },
  };
  if ('ownerid' in written) checkOwner(written.ownerid, tx);
  const values = { ...before.values, ...written };
  checkRegistration(tx, table, values);
  const row = tx.put(table.name, before.id, values);
  tx.tell({ table: table.name, id: before.id, message: 'Update', values: written });
  return row;
};
