import { associate, associationTypes } from '../associations.ts';
import { validationError } from '../errors.ts';
import { OBJECT_TYPES, type ObjectTypeName } from '../object-types.ts';
import type { Portal } from '../portal.ts';
import { createRecord } from '../records.ts';
import type { ChangeSource, StoredRecord } from '../types.ts';
import { type Json, propertiesOf } from './body.ts';

/** A wanted association of a new record, checked before anything is written. */
interface NewAssociation {
  readonly to: ObjectTypeName;
  readonly toId: string;
  readonly typeIds: readonly number[];
}

const newAssociation = (portal: Portal, from: ObjectTypeName, input: Json): NewAssociation => {
  const toId = String((input.to as Json | undefined)?.id ?? '');
  const specs = Array.isArray(input.types) ? (input.types as readonly Json[]) : [];
  const typeIds = specs.map((spec) => Number(spec.associationTypeId));
  const to = (Object.keys(OBJECT_TYPES) as ObjectTypeName[]).find((other) =>
    associationTypes(from, other).some((type) => typeIds.includes(type.typeId)),
  );
  if (!to)
    throw validationError(
      `One or more association types are not valid from ${OBJECT_TYPES[from].label}: [${typeIds.join(', ')}]`,
    );
  if (portal.records[to].get(toId)?.archivedAt !== null) {
    throw validationError(
      `One or more associations are not valid: ${OBJECT_TYPES[to].label} ${toId} does not exist`,
    );
  }
  return { to, toId, typeIds };
};

/** Creates with associations, all or nothing. A lead needs its contact (HubSpot's leads guide). */
export const createWithAssociations = (
  portal: Portal,
  type: ObjectTypeName,
  input: Json,
  source: ChangeSource,
): StoredRecord => {
  const wanted = (Array.isArray(input.associations) ? (input.associations as readonly Json[]) : []).map(
    (one) => newAssociation(portal, type, one),
  );
  if (type === 'leads' && !wanted.some((one) => one.to === 'contacts')) {
    throw validationError('Leads must be associated with an existing contact when they are created.');
  }
  const record = createRecord(portal, type, propertiesOf(input), source);
  for (const { to, toId, typeIds } of wanted)
    associate(portal, { from: type, fromId: record.id, to, toId }, typeIds, source);
  return record;
};
