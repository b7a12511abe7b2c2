import { refused, SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ObjectDef } from '../schema/object.ts';
import { fieldNamed } from '../schema/objects.ts';
import type { Row, Value, Values } from '../types.ts';
import { checkValue } from './check-value.ts';

export type Input = Readonly<Record<string, unknown>>;

const unknownField = (object: ObjectDef, name: string): SalesforceError =>
  new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

/** Fields nobody may write are named all at once. */
const checkWritable = (fields: readonly FieldDef[], mode: 'createable' | 'updateable'): void => {
  const names = fields.filter((field) => !field[mode]).map((field) => field.name);
  if (names.length === 0) return;
  throw refused(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    names,
  );
};

const requireValues = (object: ObjectDef, row: Values): void => {
  const missing = object.fields.filter((field) => field.required && (row[field.name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  throw refused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
};

/** The values of a request as they are stored. Throws SalesforceError; `attributes` is passed over. */
const checkValues = (
  org: Org,
  object: ObjectDef,
  input: Input,
  mode: 'createable' | 'updateable',
): Record<string, Value> => {
  const named = Object.entries(input)
    .filter(([name]) => name !== 'attributes')
    .map(([name, value]) => {
      const field = fieldNamed(object, name, org);
      if (!field) throw unknownField(object, name);
      return [field, value] as const;
    });
  checkWritable(
    named.map(([field]) => field),
    mode,
  );
  return Object.fromEntries(named.map(([field, value]) => [field.name, checkValue(field, value)]));
};

/** Values of a new row, defaults filled in. */
export const checkInsert = (org: Org, object: ObjectDef, input: Input): Record<string, Value> => {
  const values = checkValues(org, object, input, 'createable');
  for (const field of object.fields)
    if ((values[field.name] ?? null) === null && field.defaultValue !== null)
      values[field.name] = field.defaultValue;
  requireValues(object, values);
  return values;
};

/** Values that change a row. */
export const checkUpdate = (org: Org, object: ObjectDef, row: Row, input: Input): Record<string, Value> => {
  const values = checkValues(org, object, input, 'updateable');
  requireValues(object, { ...row, ...values });
  return values;
};
