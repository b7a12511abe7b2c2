import { invalidRowId } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { DeletedRow, Row } from '../types.ts';
import { knownModule, noteChange, type WriteContext } from './context.ts';
import { putRow } from './write-rows.ts';

/** Deletes a record. Throws ZohoError. */
export const deleteRow = (
  context: WriteContext,
  moduleName: string,
  id: string,
  type: DeletedRow['type'] = 'recycle',
): void => {
  const { org, actor } = context;
  const row = tableOf(org, moduleName).get(id);
  if (!row) throw invalidRowId(0);
  context.rowFault(moduleName, id);
  tableOf(org, moduleName).delete(id);
  const name = String(row[knownModule(org, moduleName).nameField] ?? '');
  org.deleted.push({ module: moduleName, id, name, at: org.now(), by: actor.userId, type });
  noteChange(context, { module: moduleName, id, operation: 'delete', fields: [] });
};

/** Merges another record into this one, which takes what it lacks; the other is gone for good. */
export const mergeRows = (context: WriteContext, moduleName: string, id: string, mergeId: string): Row => {
  const table = tableOf(context.org, moduleName);
  const [master, other] = [table.get(id), table.get(mergeId)];
  if (!master || !other) throw invalidRowId(0);
  const lacking = Object.entries(other).filter(
    ([name, value]) => value !== null && (master[name] ?? null) === null,
  );
  deleteRow(context, moduleName, mergeId, 'permanent');
  return putRow(context, moduleName, { ...master, ...Object.fromEntries(lacking) });
};
