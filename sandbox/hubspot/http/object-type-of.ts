import { validationError } from '../errors.ts';
import { OBJECT_TYPES, type ObjectTypeName, objectTypeOf } from '../object-types.ts';
import type { Portal } from '../portal.ts';

/** The object type in the path, or 400 as HubSpot answers one that is unknown, or that the account's edition lacks. */
export const typeOf = (value: unknown, portal?: Portal): ObjectTypeName => {
  const type = objectTypeOf(String(value));
  if (!type || portal?.missingTypes.has(type))
    throw validationError(`Unable to infer object type from: ${String(value)}`);
  return type;
};

/** The scope that reads records of a type. */
export const readScope = (type: ObjectTypeName): string => `${OBJECT_TYPES[type].scope}.read`;
/** The scope that writes records of a type. */
export const writeScope = (type: ObjectTypeName): string => `${OBJECT_TYPES[type].scope}.write`;
