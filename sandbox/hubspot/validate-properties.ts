import type { PropertyProblem } from './errors.ts';
import type { ObjectTypeName } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { PropertyDefinition } from './types.ts';

const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));
const isDate = (value: string): boolean => /^-?\d+$/.test(value) || !Number.isNaN(Date.parse(value));

/** Codes as HubSpot names them; INVALID_OWNER_ID is not documented and stands here alone. */
const valueProblem = (
  portal: Portal,
  definition: PropertyDefinition,
  value: string,
): Omit<PropertyProblem, 'name'> | null => {
  if (definition.owner) {
    const owner = portal.owners.get(value);
    if (!owner || owner.archived)
      return { error: 'INVALID_OWNER_ID', message: `${value} is not a valid owner id` };
    return null;
  }
  switch (definition.type) {
    case 'number':
      return isNumber(value)
        ? null
        : { error: 'INVALID_NUMERIC', message: `${value} was not a valid number.` };
    case 'date':
    case 'datetime':
      return isDate(value) ? null : { error: 'INVALID_DATE', message: `${value} was not a valid date.` };
    case 'bool':
      return value === 'true' || value === 'false'
        ? null
        : { error: 'INVALID_BOOLEAN', message: `${value} was not a valid boolean.` };
    case 'enumeration': {
      const allowed = definition.options.map((option) => option.value);
      const bad = value.split(';').find((part) => !allowed.includes(part));
      return bad === undefined
        ? null
        : {
            error: 'INVALID_OPTION',
            message: `${bad} was not one of the allowed options: [${allowed.join(', ')}]`,
          };
    }
    case 'string':
    case 'phone_number':
      if (definition.name === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(value)) {
        return { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` };
      }
      return null;
    default: {
      const never: never = definition.type;
      return never;
    }
  }
};

/** What HubSpot would refuse in these values. People and apps are held to the same rules. */
export const validateProperties = (
  portal: Portal,
  type: ObjectTypeName,
  values: Readonly<Record<string, unknown>>,
): readonly PropertyProblem[] =>
  Object.entries(values).flatMap(([name, value]): PropertyProblem[] => {
    const definition = portal.properties[type].get(name);
    if (!definition || definition.archivedAt !== null) {
      return [{ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` }];
    }
    if (definition.readOnly) {
      return [
        {
          name,
          error: 'READ_ONLY_VALUE',
          message: `"${name}" is a read only property; its value cannot be set.`,
        },
      ];
    }
    const text = value === null ? '' : String(value);
    if (text === '') return [];
    const problem = valueProblem(portal, definition, text);
    return problem ? [{ name, ...problem }] : [];
  });
