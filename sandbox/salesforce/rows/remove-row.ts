import { dateTimeText } from '../dates.ts';
import { refused } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import { storeChange, writableRow } from './update-row.ts';
import type { WriteContext } from './write-context.ts';

/** Moves a row to the recycle bin. */
export const deleteRow = (context: WriteContext, object: ObjectDef, id: string, more = {}): void => {
  const { org, tx, actor } = context;
  const row = writableRow(context, object, id);
  tx.put(object.name, { ...row, ...more, IsDeleted: true, SystemModstamp: dateTimeText(org.now()) });
  tx.tell({ objectType: object.name, id, at: org.now(), kind: 'deleted', fields: [], actor });
};

/** Takes a row out of the recycle bin. */
export const undeleteRow = ({ org, tx, actor }: WriteContext, object: ObjectDef, id: string): void => {
  const row = tableOf(org, object.name).get(id);
  if (!row?.IsDeleted) throw refused('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  tx.put(object.name, { ...row, IsDeleted: false, SystemModstamp: dateTimeText(org.now()) });
  tx.tell({ objectType: object.name, id, at: org.now(), kind: 'undeleted', fields: [], actor });
};

/** Merges leads into one: the others go to the recycle bin and say into which. */
export const mergeLeads = (
  context: WriteContext,
  lead: ObjectDef,
  masterId: string,
  others: readonly string[],
): void => {
  const master = writableRow(context, lead, masterId);
  for (const id of others) deleteRow(context, lead, id, { MasterRecordId: masterId });
  storeChange(context, 'Lead', master, master);
};
