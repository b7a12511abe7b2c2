import type { ObjectTypeName } from './object-types.ts';
import { type Portal, uniqueKey } from './portal.ts';
import { applyValues, emitValues, setValue } from './records.ts';
import type { ChangeSource, StoredRecord } from './types.ts';

const forgetUnique = (portal: Portal, type: ObjectTypeName, record: StoredRecord) => {
  for (const [name, value] of Object.entries(record.properties)) {
    if (portal.properties[type].get(name)?.hasUniqueValue) portal.unique.delete(uniqueKey(type, name, value));
  }
};

/** Puts a record into the recycling bin. */
export const archiveRecord = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  source: ChangeSource,
): void => {
  if (record.archivedAt !== null) return;
  record.archivedAt = portal.now();
  forgetUnique(portal, type, record);
  portal.emit({ objectType: type, id: record.id, at: record.archivedAt, source, kind: 'deleted' });
};

/** Removes a contact for good (GDPR): nothing of it stays. */
export const purgeRecord = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  source: ChangeSource,
): void => {
  forgetUnique(portal, type, record);
  portal.records[type].delete(record.id);
  portal.emit({ objectType: type, id: record.id, at: portal.now(), source, kind: 'privacy_deleted' });
};

/** Merges one record into another: the primary's values stand, gaps are filled, the other id is gone. */
export const mergeRecords = (
  portal: Portal,
  type: ObjectTypeName,
  primary: StoredRecord,
  other: StoredRecord,
  source: ChangeSource,
): StoredRecord => {
  forgetUnique(portal, type, other);
  other.archivedAt = portal.now();
  other.mergedInto = primary.id;
  const writable = (name: string) => !portal.properties[type].get(name)?.readOnly;
  const gaps = Object.entries(other.properties).filter(
    ([name]) => primary.properties[name] === undefined && writable(name),
  );
  const names = applyValues(portal, type, primary, Object.fromEntries(gaps), {
    type: 'MERGE_OBJECTS',
    id: 'Merge',
  });
  const merged = [primary.properties.hs_merged_object_ids, other.id].filter(Boolean).join(';');
  setValue(portal, type, primary, 'hs_merged_object_ids', merged, source);
  portal.emit({
    objectType: type,
    id: primary.id,
    at: portal.now(),
    source,
    kind: 'merged',
    mergedIds: [other.id],
  });
  emitValues(portal, type, primary, names, source);
  return primary;
};
