import { validationError } from '../errors.ts';
import { OBJECT_TYPES, type ObjectTypeName, objectTypeOf } from '../object-types.ts';

/** The object type in the path, or 400 as HubSpot answers an unknown one. */
export const typeOf = (value: unknown): ObjectTypeName => {
  const type = objectTypeOf(String(value));
  if (!type) throw validationError(`Unable to infer object type from: ${String(value)}`);
  return type;
};

/** The scope that reads records of a type. */
export const readScope = (type: ObjectTypeName): string => `${OBJECT_TYPES[type].scope}.read`;
/** The scope that writes records of a type. */
export const writeScope = (type: ObjectTypeName): string => `${OBJECT_TYPES[type].scope}.write`;
