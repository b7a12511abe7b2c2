import { dateTimeText } from '../dates.ts';
import { refused } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import type { Row } from '../types.ts';
import { checkOwner } from './check-owner.ts';
import { checkUnique } from './check-unique.ts';
import { checkUpdate, type Input } from './check-values.ts';
import { derived } from './derived.ts';
import {
  assignedOwner,
  checkDuplicates,
  checkOwnerChange,
  keepHistory,
  moveTasks,
} from './lead-automation.ts';
import type { WriteContext } from './write-context.ts';

/** The row to write, or what Salesforce says when there is none to write. */
export const writableRow = ({ org, rowFault }: WriteContext, object: ObjectDef, id: string): Row => {
  const row = tableOf(org, object.name).get(id);
  if (!row) throw refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (row.IsDeleted) throw refused('ENTITY_IS_DELETED', 'entity is deleted');
  if (!object.writable)
    throw refused('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be updated: ${object.label}`);
  rowFault(object.name, id);
  return row;
};

const changedFields = (before: Row, after: Row): readonly string[] =>
  Object.keys(after).filter((name) => (before[name] ?? null) !== (after[name] ?? null));

/** Stores a changed row with its audit fields, and tells what changed. */
export const storeChange = (context: WriteContext, objectType: string, before: Row, changed: Row): void => {
  const { org, tx, actor } = context;
  const at = dateTimeText(org.now());
  const fields = changedFields(before, changed);
  const audit = { LastModifiedDate: at, LastModifiedById: actor.userId, SystemModstamp: at };
  tx.put(objectType, { ...changed, ...audit });
  tx.tell({ objectType, id: before.Id, at: org.now(), kind: 'updated', fields, actor });
};

const changeLead = (context: WriteContext, before: Row, wanted: Row): Row => {
  const { org } = context;
  if (before.IsConverted) throw refused('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  if (wanted.Email !== before.Email) checkDuplicates(context, wanted);
  const after: Row = { ...wanted, OwnerId: assignedOwner(context, wanted) ?? wanted.OwnerId ?? null };
  if (after.OwnerId !== before.OwnerId) {
    after.IsUnreadByOwner = true;
    checkOwnerChange(org, String(after.OwnerId));
  }
  return after;
};

/** Changes a row. Throws SalesforceError when it is refused; then nothing is written. */
export const updateRow = (context: WriteContext, object: ObjectDef, id: string, input: Input): void => {
  const { org } = context;
  const before = writableRow(context, object, id);
  const values = { ...before, ...checkUpdate(org, object, before, input) };
  const wanted: Row = { ...values, ...derived(object.name, values, dateTimeText(org.now())) };
  const after = object.name === 'Lead' ? changeLead(context, before, wanted) : wanted;
  if (after.OwnerId !== before.OwnerId) checkOwner(org, object, String(after.OwnerId));
  checkUnique(org, object, after);
  storeChange(context, object.name, before, after);
  if (object.name !== 'Lead') return;
  const stored = tableOf(org, 'Lead').get(id) ?? after;
  keepHistory(context, before, stored);
  moveTasks(context, before, stored);
};
