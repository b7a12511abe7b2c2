import { refused } from '../errors.ts';
import { lead } from '../schema/lead.ts';
import type { Row, Values } from '../types.ts';
import type { Transaction } from './transaction.ts';
import { updateRow } from './update-row.ts';

/** Merges one lead into another: it stays, disqualified, and names the one it went into. Throws DynamicsError. */
export const mergeLeads = (tx: Transaction, target: Row, subordinate: Row, content: Values): void => {
  if (target.id === subordinate.id) throw refused('A record cannot be merged with itself.', '0x80042f2a');
  if (subordinate.values.merged === true || subordinate.values.statecode !== 0)
    throw refused('The subordinate record is not active and cannot be merged.', '0x80042f2b');
  const survivor = updateRow(tx, lead, target, content);
  updateRow(tx, lead, subordinate, {
    statecode: 2,
    statuscode: 7,
    merged: true,
    masterid: { table: 'lead', id: survivor.id },
  });
  tx.tell({ table: 'lead', id: survivor.id, message: 'Merge', values: {}, subordinateId: subordinate.id });
};
