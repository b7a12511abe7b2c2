import { copyAssociations } from './associations.ts';
import { OBJECT_TYPES, type ObjectTypeName } from './object-types.ts';
import { type Portal, uniqueKey } from './portal.ts';
import { applyValues, emitValues, insertRecord, setValue } from './records.ts';
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

/** Takes a record out of the recycling bin. */
export const restoreRecord = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  source: ChangeSource,
): void => {
  if (record.archivedAt === null || record.mergedInto !== null) return;
  record.archivedAt = null;
  for (const [name, value] of Object.entries(record.properties)) {
    if (portal.properties[type].get(name)?.hasUniqueValue)
      portal.unique.set(uniqueKey(type, name, value), record.id);
  }
  touch(portal, type, record);
  portal.emit({ objectType: type, id: record.id, at: portal.now(), source, kind: 'restored' });
};

const touch = (portal: Portal, type: ObjectTypeName, record: StoredRecord): void => {
  const now = new Date(portal.now()).toISOString();
  setValue(portal, type, record, OBJECT_TYPES[type].changed, now, { type: 'CRM_UI', id: 'HubSpot' });
};

const MERGE: ChangeSource = { type: 'MERGE_OBJECTS', id: 'Merge' };

/**
 * Merges two records: the primary's values stand, gaps are filled, the other's address becomes a further one. The
 * primary lives on, or both go into a new record, as HubSpot does it since 2025.
 */
export const mergeRecords = (
  portal: Portal,
  type: ObjectTypeName,
  pair: { readonly primary: StoredRecord; readonly other: StoredRecord; readonly asNew?: boolean },
  source: ChangeSource,
): StoredRecord => {
  const { primary, other, asNew = false } = pair;
  const survivor = asNew ? successor(portal, type, primary) : primary;
  const gone = asNew ? [primary, other] : [other];
  const before = gone.flatMap((record) => [record.properties.hs_merged_object_ids ?? [], record.id]).flat();
  for (const record of gone) {
    forgetUnique(portal, type, record);
    record.archivedAt = portal.now();
    record.mergedInto = survivor.id;
    copyAssociations(portal, type, record.id, survivor.id);
  }
  const names = applyValues(portal, type, survivor, gapsOf(portal, type, survivor, other), MERGE);
  const merged = asNew ? before : [survivor.properties.hs_merged_object_ids ?? [], ...before].flat();
  setValue(portal, type, survivor, 'hs_merged_object_ids', merged.join(';'), source);
  keepAddress(portal, type, survivor, other);
  touch(portal, type, survivor);
  const mergedIds = gone.map(({ id }) => id);
  const at = portal.now();
  portal.emit({
    objectType: type,
    id: survivor.id,
    primaryId: primary.id,
    at,
    source,
    kind: 'merged',
    mergedIds,
  });
  emitValues(portal, type, survivor, names, source);
  return survivor;
};

const gapsOf = (portal: Portal, type: ObjectTypeName, survivor: StoredRecord, other: StoredRecord) => {
  const writable = (name: string) => !portal.properties[type].get(name)?.readOnly;
  const gaps = Object.entries(other.properties).filter(
    ([name]) => survivor.properties[name] === undefined && writable(name),
  );
  return Object.fromEntries(gaps);
};

/** A record with the values of one that is about to go. */
const successor = (portal: Portal, type: ObjectTypeName, primary: StoredRecord): StoredRecord => {
  forgetUnique(portal, type, primary);
  const values = Object.entries(primary.properties).filter(
    ([name]) => !portal.properties[type].get(name)?.readOnly,
  );
  return insertRecord(portal, type, Object.fromEntries(values), MERGE);
};

/** A contact keeps the addresses of those merged into it: nobody else can have them. */
const keepAddress = (
  portal: Portal,
  type: ObjectTypeName,
  survivor: StoredRecord,
  other: StoredRecord,
): void => {
  const { email } = other.properties;
  if (type !== 'contacts' || !email || email === survivor.properties.email) return;
  const known = [survivor.properties.hs_additional_emails, email].filter(Boolean).join(';');
  setValue(portal, type, survivor, 'hs_additional_emails', known, MERGE);
  portal.unique.set(uniqueKey(type, 'email', email), survivor.id);
};
