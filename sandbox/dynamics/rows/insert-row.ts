import { rowsOf } from '../environment.ts';
import { alreadyThere, DynamicsError } from '../errors.ts';
import { instant } from '../ids.ts';
import type { Table } from '../schema/column.ts';
import type { Row, Value, Values } from '../types.ts';
import { checkRegistration } from './check-registration.ts';
import { checkOwner } from './check-values.ts';
import { withState } from './states.ts';
import type { Transaction } from './transaction.ts';

export interface Insert {
  readonly table: Table;
  readonly values: Values;
  /** The caller's own id; unset: the platform's. */
  readonly id?: string;
  /** Refuse what a published duplicate rule finds. */
  readonly detectDuplicates?: boolean;
}

/** Puts in a new record. Throws DynamicsError. */
export const insertRow = (tx: Transaction, { table, values: given, id, detectDuplicates }: Insert): Row => {
  const { environment, actor } = tx;
  const key = id?.toLowerCase() ?? environment.newId();
  if (tx.get(table.name, key)) throw alreadyThere();
  if (detectDuplicates) refuseDuplicate(tx, table, given);
  const at = instant(environment.now());
  const by: Value = { table: 'systemuser', id: actor.userId };
  const written = withState({ ...table.defaults, ...given }, {}, table);
  const values: Values = {
    ...written,
    ...(table.owned && { ownerid: written.ownerid ?? by }),
    ...nameOf(table, written, {}),
    createdon: at,
    modifiedon: at,
    createdby: by,
    modifiedby: by,
  };
  if (table.owned) checkOwner(values.ownerid, tx);
  checkRegistration(tx, table, values);
  const row = tx.put(table.name, key, values);
  tx.tell({ table: table.name, id: key, message: 'Create', values });
  return row;
};

/** The name of a person is put together of its parts. */
export const nameOf = (table: Table, written: Values, before: Values): Values => {
  const made = table.columns.get('fullname')?.readOnly && ('firstname' in written || 'lastname' in written);
  if (!made) return {};
  const all = { ...before, ...written };
  const parts = [all.firstname, all.lastname].filter((part) => typeof part === 'string' && part !== '');
  return { fullname: parts.join(' ') || null };
};

const refuseDuplicate = (tx: Transaction, table: Table, { emailaddress1 }: Values): void => {
  const { environment } = tx;
  if (!environment.automation.duplicateRule || table.name !== 'lead' || typeof emailaddress1 !== 'string')
    return;
  const same = [...rowsOf(environment, 'lead').values()].some(
    ({ values }) => String(values.emailaddress1 ?? '').toLowerCase() === emailaddress1.toLowerCase(),
  );
  if (same)
    throw new DynamicsError(
      412,
      '0x80040333',
      'A record was not created or updated because a duplicate of the current record already exists.',
    );
};
