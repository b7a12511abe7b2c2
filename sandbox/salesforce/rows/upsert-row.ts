import { SalesforceError } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ObjectDef } from '../schema/object.ts';
import { fieldNamed } from '../schema/objects.ts';
import type { Input } from './check-values.ts';
import { insertRow } from './insert-row.ts';
import { updateRow } from './update-row.ts';
import type { WriteContext } from './write-context.ts';

/** The external id field of that name. */
export const externalField = (context: WriteContext, object: ObjectDef, name: string): FieldDef => {
  const field = fieldNamed(object, name, context.org);
  if (field?.externalId) return field;
  throw new SalesforceError(
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${name}`,
  );
};

/** The id of the live row with that external id, or undefined. */
export const findByExternalId = (
  { org }: WriteContext,
  object: ObjectDef,
  field: FieldDef,
  value: string,
): string | undefined =>
  object.name === 'Assignment_Decision__c' && field.name === 'Decision_Id__c'
    ? org.externalIds.get(value)
    : [...tableOf(org, object.name).values()].find((row) => row[field.name] === value && !row.IsDeleted)?.Id;

/** Updates the row with that external id, or creates it. */
export const upsertRow = (
  context: WriteContext,
  object: ObjectDef,
  field: FieldDef,
  value: string,
  input: Input,
): { readonly id: string; readonly created: boolean } => {
  const found = findByExternalId(context, object, field, value);
  if (found === undefined)
    return { id: insertRow(context, object, { ...input, [field.name]: value }), created: true };
  updateRow(context, object, found, input);
  return { id: found, created: false };
};
