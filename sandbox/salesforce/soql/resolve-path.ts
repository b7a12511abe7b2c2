import { type Org, tableOf } from '../org.ts';
import type { FieldDef } from '../schema/field.ts';
import { flag, READ_ONLY, text } from '../schema/field.ts';
import { defineObject, type ObjectDef } from '../schema/object.ts';
import { fieldNamed, objectNamed, objectOfId } from '../schema/objects.ts';
import type { Row, Value } from '../types.ts';
import type { Path } from './ast.ts';
import { noSuchColumn, noSuchRelationship } from './query-error.ts';

/** What can be asked of an owner who may be a user or a queue. */
export const NAME = defineObject('Name', '000', [
  ...['Name', 'Type', 'Alias', 'Email', 'FirstName', 'LastName', 'Phone', 'Title', 'Username'].map((name) =>
    text(name, 255, READ_ONLY),
  ),
  text('ProfileId', 18, READ_ONLY),
  text('UserRoleId', 18, READ_ONLY),
  flag('IsActive', { ...READ_ONLY, nillable: true }),
]);

/** A step from a record to the one it points at. */
export interface Step {
  readonly field: FieldDef;
  /** What the API calls the record there: `Name` where it may be of several kinds. */
  readonly entity: ObjectDef;
}

export interface Resolved {
  readonly steps: readonly Step[];
  readonly field: FieldDef;
  readonly read: (row: Row) => Value;
}

/** Whatever a reference points at. */
export const follow = (org: Org, id: Value | undefined): Row | undefined => {
  const object = typeof id === 'string' ? objectOfId(id) : undefined;
  return object && tableOf(org, object.name).get(String(id));
};

/** A queue's Type reads Queue, a user's User; the fields a kind does not have are null. */
const nameValue = (entity: ObjectDef, name: string, row: Row): Value => {
  if (entity === NAME && name === 'Type' && row.Id.startsWith('005')) return 'User';
  return row[name] ?? null;
};

/** Finds what a path means from an object on. Throws SalesforceError INVALID_FIELD with the place. */
export const resolvePath = (org: Org, soql: string, object: ObjectDef, path: Path): Resolved => {
  const steps: Step[] = [];
  let entity = object;
  for (const name of path.names.slice(0, -1)) {
    const field = entity.fields.find(
      (one) =>
        one.relationshipName?.toLowerCase() === name.toLowerCase() &&
        fieldNamed(entity, one.name, org) !== undefined,
    );
    const [only, ...others] = field?.referenceTo ?? [];
    const target = others.length > 0 ? NAME : objectNamed(only ?? '', org);
    if (!field || !target) throw noSuchRelationship(soql, path.at, name);
    steps.push({ field, entity: target });
    entity = target;
  }
  const name = path.names.at(-1) ?? '';
  const field = fieldNamed(entity, name, org);
  if (!field) throw noSuchColumn(soql, path.at, name, entity.name);
  const read = (row: Row): Value => {
    let at: Row | undefined = row;
    for (const step of steps) at = at && follow(org, at[step.field.name]);
    return at ? nameValue(entity, field.name, at) : null;
  };
  return { steps, field, read };
};
