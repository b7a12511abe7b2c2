import { createHash } from 'node:crypto';
import type { FieldDef } from '../schema/field.ts';
import { LEAD } from '../schema/lead.ts';
import { fieldsOf, type Visibility } from '../schema/objects.ts';

/** A field of an Avro record. Everything but the header may be absent. */
export interface AvroField {
  readonly name: string;
  readonly type: unknown;
}

const CHANGE_TYPES = ['CREATE', 'UPDATE', 'DELETE', 'UNDELETE'];

/** What an event says of its change. `GAP_*` stands in for an event that could not be made. */
export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE' | `GAP_${string}`;

const TEXTS = { type: 'array', items: 'string' };

const HEADER = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: TEXTS },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: [...CHANGE_TYPES, ...CHANGE_TYPES.map((type) => `GAP_${type}`), 'GAP_OVERFLOW', 'SNAPSHOT'],
      },
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: TEXTS },
    { name: 'diffFields', type: TEXTS },
    { name: 'changedFields', type: TEXTS },
  ],
};

/** Compound fields: their parts are no fields of the event by themselves. */
export const COMPOUNDS: Readonly<Record<string, readonly string[]>> = {
  Name: ['Salutation', 'FirstName', 'LastName', 'MiddleName', 'InformalName', 'Suffix'],
  Address: ['Street', 'City', 'State', 'PostalCode', 'Country'],
};

const PARTS = new Set(Object.values(COMPOUNDS).flat());
/** Known by the header, or by nobody. */
const LEFT_OUT = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'MasterRecordId', 'Name']);

const TYPES: Readonly<Record<string, unknown>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  date: { type: 'int', logicalType: 'date' },
  datetime: { type: 'long', logicalType: 'timestamp-millis' },
};

const optional = (type: unknown): unknown => ['null', type];

const compound = (name: string, record: string): AvroField => ({
  name,
  type: optional({
    type: 'record',
    name: record,
    fields: (COMPOUNDS[name] ?? []).map((part) => ({ name: part, type: optional('string') })),
  }),
});

const simple = ({ name, type }: FieldDef): AvroField => ({ name, type: optional(TYPES[type] ?? 'string') });

/** The Avro schema of a lead's change events, as the org's fields are now. Its id is its fingerprint. */
export const leadChangeSchema = (seen: Visibility) => {
  const fields: readonly AvroField[] = [
    { name: 'ChangeEventHeader', type: HEADER },
    compound('Name', 'Switchable_PersonName'),
    ...fieldsOf(LEAD, seen)
      .filter(({ name }) => !PARTS.has(name) && !LEFT_OUT.has(name))
      .map(simple),
    compound('Address', 'Address'),
  ];
  const json = JSON.stringify({
    name: 'LeadChangeEvent',
    namespace: 'com.sforce.eventbus',
    type: 'record',
    fields,
  });
  return { id: createHash('md5').update(json).digest('base64url'), json, fields };
};

export type LeadChangeSchema = ReturnType<typeof leadChangeSchema>;
