import { parseDate, parseDateTime } from '../dates.ts';
import { refused, SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { FieldDef } from '../schema/field.ts';
import { objectOfId } from '../schema/objects.ts';
import type { Value } from '../types.ts';

const wrongJson = (field: FieldDef, kind: string, value: unknown): SalesforceError =>
  new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from ${typeof value === 'string' ? 'VALUE_STRING' : 'value'} value ${String(value)} or request may be missing a required field at [line:1, column:1]`,
    [field.name],
  );

const checkText = (field: FieldDef, value: unknown): string => {
  if (typeof value === 'object') throw wrongJson(field, 'string', value);
  const text = String(value).trim();
  if (text.length > field.length) {
    const shown = text.length > 300 ? `${text.slice(0, 300)}...` : text;
    throw refused(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${shown} (max length=${field.length})`,
      [field.name],
    );
  }
  return text;
};

const checkReference = (field: FieldDef, value: unknown): string => {
  const id = toId18(value);
  const object = id === null ? undefined : objectOfId(id);
  if (id && object && field.referenceTo.includes(object.name)) return id;
  throw refused('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, [field.name]);
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A value of a request as it is stored. Throws SalesforceError when Salesforce would refuse it. */
export const checkValue = (field: FieldDef, value: unknown): Value => {
  if (value === null || value === '') {
    if (field.type === 'boolean') throw wrongJson(field, 'boolean', value);
    return null;
  }
  switch (field.type) {
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw wrongJson(field, 'boolean', value);
    case 'int':
    case 'double':
    case 'currency': {
      const number =
        typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
      if (!Number.isFinite(number) || (field.type === 'int' && !Number.isInteger(number)))
        throw wrongJson(field, field.type, value);
      return number;
    }
    case 'date': {
      const day = parseDate(value);
      if (day === null) throw wrongJson(field, 'date', value);
      return day;
    }
    case 'datetime': {
      const moment = parseDateTime(value);
      if (moment === null) throw wrongJson(field, 'datetime', value);
      return moment;
    }
    case 'reference':
      return checkReference(field, value);
    case 'email':
      if (!EMAIL.test(String(value).trim()))
        throw refused('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${String(value)}`, [
          field.name,
        ]);
      return checkText(field, value);
    case 'picklist':
      if (field.restricted && !field.picklist.includes(String(value)))
        throw refused(
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `${field.label}: bad value for restricted picklist field: ${String(value)}`,
          [field.name],
        );
      return checkText(field, value);
    default:
      return checkText(field, value);
  }
};
