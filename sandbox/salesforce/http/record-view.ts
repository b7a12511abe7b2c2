import { SalesforceError } from '../errors.ts';
import type { Org } from '../org.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ObjectDef } from '../schema/object.ts';
import { fieldNamed, fieldsOf } from '../schema/objects.ts';
import { attributesOf, type RecordView } from '../soql/project-rows.ts';
import type { Row } from '../types.ts';

/** The fields asked for. Throws SalesforceError INVALID_FIELD. */
export const namedFields = (org: Org, object: ObjectDef, names: readonly string[]): readonly FieldDef[] =>
  names.map((name) => {
    const field = fieldNamed(object, name, org);
    if (field) return field;
    throw new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  });

/** A record with these fields, as row reads answer it. Unset: all fields. */
export const recordView = (
  version: string,
  org: Org,
  object: ObjectDef,
  row: Row,
  fields: readonly FieldDef[] = fieldsOf(object, org),
): RecordView => ({
  attributes: attributesOf(version, object.name, row),
  ...Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null])),
});
