import { parseDateTime } from '../dates.ts';
import { invalidValue, mandatory, ZohoError } from '../errors.ts';
import { type Org, tableOf } from '../org.ts';
import type { DataType, FieldDef } from '../schema/field.ts';
import type { ModuleDef } from '../schema/modules.ts';
import type { Input, Value, Values } from '../types.ts';

/** What each data type is in JSON; a value of another type is refused. */
const JSON_TYPES: Readonly<Record<DataType, 'string' | 'number' | 'boolean' | 'object'>> = {
  text: 'string',
  textarea: 'string',
  email: 'string',
  phone: 'string',
  website: 'string',
  picklist: 'string',
  bigint: 'string',
  date: 'string',
  datetime: 'string',
  integer: 'number',
  currency: 'number',
  boolean: 'boolean',
  ownerlookup: 'object',
  lookup: 'object',
  multi_module_lookup: 'object',
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Place {
  readonly org: Org;
  readonly row: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checkOwner = (id: string, { org, row }: Place): Value => {
  const user = org.users.get(id);
  if (user?.status !== 'active') throw invalidValue('Owner', row);
  return { id };
};

/** A lookup that may point anywhere names its module: in itself, or beside it in `$se_module`. */
const moduleOf = (given: Readonly<Record<string, unknown>>, input: Input): string | undefined => {
  const inside = isObject(given.module) ? given.module.api_name : given.module;
  const named = inside ?? input.$se_module;
  return typeof named === 'string' ? named : undefined;
};

const checkLookup = (def: FieldDef, given: unknown, input: Input, place: Place): Value => {
  if (!isObject(given)) throw invalidValue(def.api_name, place.row, 'jsonobject');
  if (typeof given.id !== 'string') throw invalidValue(def.api_name, place.row, 'bigint');
  if (def.data_type === 'ownerlookup') return checkOwner(given.id, place);
  const module = def.module ?? moduleOf(given, input);
  if (module === undefined || !place.org.tables.has(module)) throw invalidValue(def.api_name, place.row);
  if (!tableOf(place.org, module).has(given.id)) throw invalidValue(def.api_name, place.row);
  return { id: given.id, module };
};

const checkText = (def: FieldDef, text: string, row: number): Value => {
  if (text.length > def.length)
    throw new ZohoError('INVALID_DATA', 'invalid data', {
      maximum_length: def.length,
      api_name: def.api_name,
      json_path: `$.data[${row}].${def.api_name}`,
    });
  if (text === '') return null;
  const wrong =
    (def.data_type === 'email' && !EMAIL.test(text)) ||
    (def.data_type === 'datetime' && parseDateTime(text) === null) ||
    (def.data_type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(text));
  if (wrong) throw invalidValue(def.api_name, row, def.data_type);
  return text;
};

const checkValue = (def: FieldDef, given: unknown, input: Input, place: Place): Value => {
  if (given === null) return null;
  const expected = JSON_TYPES[def.data_type];
  if (expected === 'object') return checkLookup(def, given, input, place);
  if (typeof given !== expected) throw invalidValue(def.api_name, place.row, def.data_type);
  if (typeof given === 'string') return checkText(def, given, place.row);
  if (def.data_type === 'integer' && !Number.isInteger(given))
    throw invalidValue(def.api_name, place.row, 'integer');
  return given as Value;
};

/**
 * The values of a row as they are to be stored. Names that are no fields are passed over, as Zoho does; so are fields
 * the caller may not write. Throws ZohoError for the first value that is wrong.
 */
export const checkValues = (org: Org, module: ModuleDef, input: Input, row: number): Values => {
  const entries = module.fields
    .filter(({ api_name, read_only }) => !read_only && Object.hasOwn(input, api_name))
    .map((def) => [def.api_name, checkValue(def, input[def.api_name], input, { org, row })] as const);
  return Object.fromEntries(entries);
};

/** Throws MANDATORY_NOT_FOUND for a required field without a value. */
export const checkMandatory = (module: ModuleDef, values: Values, row: number): void => {
  const missing = module.fields.find(
    ({ api_name, mandatory: required }) => required && (values[api_name] ?? null) === null,
  );
  if (missing) throw mandatory(missing.api_name, row);
};
