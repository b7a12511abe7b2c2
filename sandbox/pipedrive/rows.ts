import type { Account } from './account.ts';
import { notFound } from './errors.ts';
import type { Actor, Change, ObjectName, Row, RowId, Values } from './types.ts';

/** Leads tell milliseconds, everything of v2 seconds, notes and users the old form. */
export const timeText = (object: ObjectName, at: number): string => {
  const iso = new Date(at).toISOString();
  if (object === 'lead') return iso;
  const seconds = iso.slice(0, 19);
  return object === 'note' || object === 'user' ? seconds.replace('T', ' ') : `${seconds}Z`;
};

/** When a thing was last changed, in epoch milliseconds. */
export const changedAt = (row: Row): number =>
  Date.parse(String(row.update_time).replace(/^(\S+) (\S+)$/, '$1T$2Z'));

const NAMES: Readonly<Record<ObjectName, string>> = {
  lead: 'Lead',
  person: 'Person',
  organization: 'Organization',
  deal: 'Deal',
  activity: 'Activity',
  note: 'Note',
  user: 'User',
};

/** A thing as it is stored. Throws PipedriveError 404. */
export const rowOf = (account: Account, object: ObjectName, id: RowId): Row => {
  const row = account.tables[object].get(String(id));
  if (!row) throw notFound(NAMES[object]);
  return row;
};

/** Stores a new thing and tells of it. */
export const addRow = (account: Account, object: ObjectName, row: Row, by: Actor): Row => {
  const time = timeText(object, account.now());
  const made: Row = { ...row, add_time: time, update_time: time };
  account.tables[object].set(String(made.id), made);
  account.emit({ object, action: 'create', id: made.id, before: null, after: made, by });
  return made;
};

/** Changes a thing and tells of it; what changes nothing is not told. */
export const changeRow = (
  account: Account,
  object: ObjectName,
  id: RowId,
  values: Values,
  by: Actor,
  more: Pick<Change, 'mergedFrom'> = {},
): Row => {
  const before = rowOf(account, object, id);
  const differs = Object.entries(values).some(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  if (!differs && more.mergedFrom === undefined) return before;
  const after: Row = { ...before, ...values, id: before.id, update_time: timeText(object, account.now()) };
  account.tables[object].set(String(id), after);
  account.emit({ object, action: 'change', id: before.id, before, after, by, ...more });
  return after;
};

/** Takes a thing away and tells of it. */
export const removeRow = (
  account: Account,
  object: ObjectName,
  id: RowId,
  by: Actor,
  more: Pick<Change, 'mergedTo'> = {},
): void => {
  const before = rowOf(account, object, id);
  account.tables[object].delete(String(id));
  account.emit({ object, action: 'delete', id: before.id, before, after: null, by, ...more });
};
