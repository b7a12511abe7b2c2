import type { FieldType } from '../../policy/fields.ts';
import type { Pattern } from './patterns.ts';

/**
 * Whether no value of a type has a pattern, whatever else it is: values are kept in the normal form of their type
 * (`+` and digits for phones, one `@` and no blanks for e-mail addresses). Where it is not sure it says no.
 */
export const isImpossible = (type: FieldType, { op, needle }: Pattern): boolean => {
  switch (type) {
    case 'phone':
      return !(op === 'starts_with' ? /^\+\d*$/ : /^\+?\d*$/).test(needle);
    case 'email':
      return /[\s<>,;]|@.*@/.test(needle) || (op === 'starts_with' && needle.startsWith('@'));
    case 'url':
      return /\s/.test(needle);
    default:
      return false;
  }
};
