import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { conflict, propertyError, validationError } from './errors.ts';
import { OBJECT_TYPES, type ObjectTypeName } from './object-types.ts';
import { type Portal, uniqueKey } from './portal.ts';
import type { ChangeSource, StoredRecord } from './types.ts';
import { validateProperties } from './validate-properties.ts';

export type PropertyValues = Readonly<Record<string, unknown>>;

/** Older versions are dropped, as HubSpot drops them (45 for contacts, 20 elsewhere; one bound serves here). */
const KEPT_VERSIONS = 45;

/** Writes one value with its history and keeps the unique index; no checks, no events. */
export const setValue = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  name: string,
  value: string,
  source: ChangeSource,
) => {
  const before = record.properties[name] ?? '';
  if (portal.properties[type].get(name)?.hasUniqueValue) {
    if (before) portal.unique.delete(uniqueKey(type, name, before));
    if (value) portal.unique.set(uniqueKey(type, name, value), record.id);
  }
  if (value === '') delete record.properties[name];
  else record.properties[name] = value;
  const history = record.history[name] ?? [];
  record.history[name] = history;
  history.unshift({ value, at: portal.now(), source });
  if (history.length > KEPT_VERSIONS) history.length = KEPT_VERSIONS;
};

const checkUnique = (portal: Portal, type: ObjectTypeName, values: PropertyValues, own: string | null) => {
  for (const [name, value] of Object.entries(values)) {
    if (!portal.properties[type].get(name)?.hasUniqueValue || value === null || value === '') continue;
    const holder = portal.unique.get(uniqueKey(type, name, String(value)));
    if (holder && holder !== own)
      throw conflict(`${OBJECT_TYPES[type].label} already exists. Existing ID: ${holder}`);
  }
};

/** Values as they are stored: trimmed e-mail in lower case, the rest as text. */
const asText = (name: string, value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return name === 'email' ? text.trim().toLowerCase() : text;
};

const nationalDigits = (value: string): string =>
  parsePhoneNumberFromString(value)?.nationalNumber ?? value.replace(/\D/g, '');

/** What HubSpot works out by itself when a value changes. */
const derived = (portal: Portal, name: string, value: string): Readonly<Record<string, string>> => {
  if (name === 'hubspot_owner_id') {
    return {
      hubspot_owner_assigneddate: value ? new Date(portal.now()).toISOString() : '',
      hs_all_owner_ids: value,
    };
  }
  // The search index holds numbers without the country's code.
  if (name === 'phone') return { hs_searchable_calculated_phone_number: nationalDigits(value) };
  if (name === 'mobilephone') return { hs_searchable_calculated_mobile_number: nationalDigits(value) };
  if (name === 'email') return { hs_email_domain: value.split('@')[1] ?? '' };
  return {};
};

/** Writes the values that differ and what follows from them; returns the names that changed. */
export const applyValues = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  values: PropertyValues,
  source: ChangeSource,
): string[] => {
  const changed: string[] = [];
  for (const [name, raw] of Object.entries(values)) {
    const value = asText(name, raw);
    if ((record.properties[name] ?? '') === value) continue;
    setValue(portal, type, record, name, value, source);
    changed.push(name);
    for (const [other, result] of Object.entries(derived(portal, name, value))) {
      if (portal.properties[type].has(other)) setValue(portal, type, record, other, result, source);
    }
  }
  if (changed.length > 0) {
    record.updatedAt = portal.now();
    record.properties[OBJECT_TYPES[type].changed] = new Date(record.updatedAt).toISOString();
  }
  return changed;
};

/** Tells the world of changed values. */
export const emitValues = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  names: readonly string[],
  source: ChangeSource,
) => {
  for (const name of names) {
    portal.emit({
      objectType: type,
      id: record.id,
      at: portal.now(),
      source,
      kind: 'property',
      name,
      value: record.properties[name] ?? '',
    });
  }
};

const REQUIRED: Readonly<Partial<Record<ObjectTypeName, string>>> = {
  leads: 'hs_lead_name',
  tasks: 'hs_timestamp',
  notes: 'hs_timestamp',
  calls: 'hs_timestamp',
  emails: 'hs_timestamp',
  meetings: 'hs_timestamp',
};

/** Refuses values HubSpot would refuse (400, 409); nothing is written. */
export const checkValues = (
  portal: Portal,
  type: ObjectTypeName,
  values: PropertyValues,
  own: string | null,
): void => {
  const problems = validateProperties(portal, type, values);
  if (problems.length > 0) throw propertyError(problems, portal.id);
  checkUnique(portal, type, values, own);
};

/** Creates a record and tells the world. Throws HubSpotError 400 or 409. */
export const createRecord = (
  portal: Portal,
  type: ObjectTypeName,
  values: PropertyValues,
  source: ChangeSource,
): StoredRecord => {
  checkValues(portal, type, values, null);
  const required = REQUIRED[type];
  if (required && !values[required]) {
    throw validationError(
      `Error creating ${OBJECT_TYPES[type].label.toUpperCase()}. Some required properties were not set.`,
      {
        errors: [
          {
            message: 'Some required properties were not set',
            code: 'REQUIRED_FIELD',
            context: { properties: [required] },
          },
        ],
      },
    );
  }
  return insertRecord(portal, type, values, source);
};

/** Creates a record without the checks: for what HubSpot itself keeps (users, seeds). */
export const insertRecord = (
  portal: Portal,
  type: ObjectTypeName,
  values: PropertyValues,
  source: ChangeSource,
  at: number = portal.now(),
): StoredRecord => {
  const id = String(portal.nextId++);
  const record: StoredRecord = {
    id,
    properties: {},
    history: {},
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
    mergedInto: null,
  };
  portal.records[type].set(id, record);
  const names = applyValues(portal, type, record, values, source);
  record.properties.hs_object_id = id;
  record.properties[OBJECT_TYPES[type].created] ??= new Date(at).toISOString();
  record.properties[OBJECT_TYPES[type].changed] = new Date(at).toISOString();
  portal.emit({ objectType: type, id, at, source, kind: 'created' });
  emitValues(portal, type, record, names, source);
  return record;
};

/** Changes values of a record. Throws HubSpotError 400 or 409; an unchanged value is no change and no event. */
export const updateRecord = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  values: PropertyValues,
  source: ChangeSource,
): readonly string[] => {
  checkValues(portal, type, values, record.id);
  const names = applyValues(portal, type, record, values, source);
  emitValues(portal, type, record, names, source);
  return names;
};

/** A live record by id, or by a unique property. */
export const findRecord = (
  portal: Portal,
  type: ObjectTypeName,
  id: string,
  idProperty?: string,
): StoredRecord | undefined => {
  if (idProperty === undefined || idProperty === 'hs_object_id') return portal.records[type].get(id);
  if (!portal.properties[type].get(idProperty)?.hasUniqueValue) {
    throw validationError(
      `Unable to perform update/upsert by non-unique ${OBJECT_TYPES[type].typeId} property ${idProperty} in portal ID ${portal.id}`,
    );
  }
  const found = portal.unique.get(uniqueKey(type, idProperty, id));
  return found === undefined ? undefined : portal.records[type].get(found);
};

/** A merged-away id leads to the record that took it in, as in HubSpot's contact reads. */
export const followMerge = (portal: Portal, type: ObjectTypeName, record: StoredRecord): StoredRecord => {
  const next = record.mergedInto === null ? undefined : portal.records[type].get(record.mergedInto);
  return next ? followMerge(portal, type, next) : record;
};
