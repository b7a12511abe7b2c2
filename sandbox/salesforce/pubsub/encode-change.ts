import avro, { type Type } from 'avsc';
import type { Row, RowChange, Value } from '../types.ts';
import { bitmapsOf } from './bitmaps.ts';
import { type AvroField, type ChangeType, COMPOUNDS, type LeadChangeSchema } from './lead-change-schema.ts';

/** A change as one event tells it: of several records where the same was done to each. */
export interface ChangeToTell {
  readonly changeType: ChangeType;
  readonly recordIds: readonly string[];
  readonly fields: readonly string[];
  readonly row: Row | undefined;
  readonly change: Pick<RowChange, 'at' | 'actor'>;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  readonly commitNumber: number;
}

const types = new Map<string, Type>();

const typeOf = ({ id, json }: LeadChangeSchema): Type => {
  const known = types.get(id) ?? avro.Type.forSchema(JSON.parse(json), { wrapUnions: false });
  types.set(id, known);
  return known;
};

const ORIGINS = {
  api: 'com/salesforce/api/rest/67.0',
  sync: 'com/salesforce/api/rest/67.0',
  apex: '',
  ui: '',
  web: '',
} as const;

const originOf = ({ via, client }: RowChange['actor']): string =>
  client === null ? ORIGINS[via] : `${ORIGINS[via]};client=${client}`;

/** Only changed values are carried; a gap carries none. */
const carried = (field: AvroField, { row, fields }: ChangeToTell): unknown => {
  const parts = COMPOUNDS[field.name];
  if (parts === undefined)
    return fields.includes(field.name) ? asAvro(field, row?.[field.name] ?? null) : null;
  if (!parts.some((part) => fields.includes(part))) return null;
  return Object.fromEntries(
    parts.map((part) => [part, fields.includes(part) ? (row?.[part] ?? null) : null]),
  );
};

const asAvro = ({ type }: AvroField, value: Value): unknown => {
  const logical = (type as { logicalType?: string }[])[1]?.logicalType;
  if (value === null || logical === undefined) return value;
  const at = Date.parse(String(value));
  return logical === 'date' ? Math.floor(at / 86_400_000) : at;
};

/** The bytes of an event. */
export const encodeChange = (schema: LeadChangeSchema, told: ChangeToTell): Buffer => {
  const gap = told.changeType.startsWith('GAP_');
  const update = told.changeType === 'UPDATE';
  const nulled = told.fields.filter((name) => (told.row?.[name] ?? null) === null);
  const header = {
    entityName: 'Lead',
    recordIds: told.recordIds,
    changeType: told.changeType,
    changeOrigin: originOf(told.change.actor),
    transactionKey: told.transactionKey,
    sequenceNumber: told.sequenceNumber,
    commitTimestamp: told.change.at,
    commitNumber: told.commitNumber,
    commitUser: told.change.actor.userId,
    nulledFields: update ? bitmapsOf(schema.fields, nulled) : [],
    diffFields: [],
    changedFields: update ? bitmapsOf(schema.fields, told.fields) : [],
  };
  const values = schema.fields
    .slice(1)
    .map((field) => [field.name, gap ? null : carried(field, told)] as const);
  return typeOf(schema).toBuffer({ ChangeEventHeader: header, ...Object.fromEntries(values) });
};
