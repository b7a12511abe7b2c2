import type { Value } from '../types.ts';

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'reference'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'date'
  | 'datetime';

/** A field as describe tells it. */
export interface FieldDef {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** The longest text; 0 for others. */
  readonly length: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly required: boolean;
  readonly nillable: boolean;
  readonly defaultValue: Value;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly picklist: readonly string[];
  /** A value outside the list is refused. */
  readonly restricted: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  /** Comes with Fairlead's package. */
  readonly packaged: boolean;
}

const labelOf = (name: string): string =>
  name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/ Id$/, ' ID');

/** A field that people may write and leave empty, unless said otherwise. */
const field = (name: string, type: FieldType, more: Partial<FieldDef> = {}): FieldDef => ({
  name,
  label: labelOf(name),
  type,
  length: 0,
  createable: true,
  updateable: true,
  required: false,
  nillable: !more.required,
  defaultValue: null,
  referenceTo: [],
  relationshipName: null,
  picklist: [],
  restricted: false,
  externalId: false,
  unique: false,
  packaged: false,
  ...more,
});

type More = Partial<FieldDef>;

export const text = (name: string, length: number, more: More = {}): FieldDef =>
  field(name, 'string', { length, ...more });
export const longText = (name: string, length = 32_768, more: More = {}): FieldDef =>
  field(name, 'textarea', { length, ...more });
export const email = (name: string, more: More = {}): FieldDef =>
  field(name, 'email', { length: 80, ...more });
export const phone = (name: string): FieldDef => field(name, 'phone', { length: 40 });
export const url = (name: string, more: More = {}): FieldDef => field(name, 'url', { length: 1333, ...more });
export const picklist = (name: string, values: readonly string[], more: More = {}): FieldDef =>
  field(name, 'picklist', { length: 255, picklist: values, ...more });
export const reference = (
  name: string,
  referenceTo: readonly string[],
  relationshipName: string,
  more: More = {},
): FieldDef => field(name, 'reference', { length: 18, referenceTo, relationshipName, ...more });
export const flag = (name: string, more: More = {}): FieldDef =>
  field(name, 'boolean', { nillable: false, defaultValue: false, ...more });
export const int = (name: string, more: More = {}): FieldDef => field(name, 'int', more);
export const currency = (name: string): FieldDef => field(name, 'currency');
export const date = (name: string, more: More = {}): FieldDef => field(name, 'date', more);
export const dateTime = (name: string, more: More = {}): FieldDef => field(name, 'datetime', more);

/** What nobody writes. */
export const READ_ONLY: More = { createable: false, updateable: false };

/** Id and the audit fields every object has. */
export const SYSTEM_FIELDS: readonly FieldDef[] = [
  field('Id', 'id', { length: 18, nillable: false, label: 'Record ID', ...READ_ONLY }),
  flag('IsDeleted', READ_ONLY),
  dateTime('CreatedDate', READ_ONLY),
  reference('CreatedById', ['User'], 'CreatedBy', READ_ONLY),
  dateTime('LastModifiedDate', READ_ONLY),
  reference('LastModifiedById', ['User'], 'LastModifiedBy', READ_ONLY),
  dateTime('SystemModstamp', READ_ONLY),
];
