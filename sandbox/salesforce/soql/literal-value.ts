import { parseDateTime } from '../dates.ts';
import { SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { FieldDef } from '../schema/field.ts';
import type { Value } from '../types.ts';
import type { Literal } from './ast.ts';
import { queryError } from './query-error.ts';

const TEXTS = new Set(['string', 'textarea', 'email', 'phone', 'url', 'picklist']);

const QUOTED_KINDS: Readonly<Record<string, string>> = {
  datetime: 'dateTime',
  date: 'date',
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
};

const wrongType = (field: FieldDef, soql: string, at: number): SalesforceError => {
  const kind = QUOTED_KINDS[field.type];
  const hint = kind
    ? `must be of type ${kind} and should not be enclosed in quotes`
    : 'must be of type string and should be enclosed in quotes';
  return queryError('INVALID_FIELD', soql, at, `value of filter criterion for field '${field.name}' ${hint}`);
};

/** How texts are compared: without case. Ids keep theirs. */
export const folded = (field: FieldDef, value: Value): Value =>
  typeof value === 'string' && TEXTS.has(field.type) ? value.toLowerCase() : value;

const idValue = (text: string): string => {
  const id = toId18(text);
  if (id !== null) return id;
  throw new SalesforceError('INVALID_QUERY_FILTER_OPERATOR', `\ninvalid ID field: ${text}`);
};

/** A value of a query as it is compared with the field. Throws SalesforceError when it is of another type. */
export const literalValue = (field: FieldDef, literal: Literal, soql: string): Value => {
  if (literal.kind === 'null') return null;
  const { type } = field;
  if (literal.kind === 'string' && (type === 'id' || type === 'reference')) return idValue(literal.value);
  if (literal.kind === 'string' && TEXTS.has(type)) return literal.value.toLowerCase();
  if (literal.kind === 'boolean' && type === 'boolean') return literal.value;
  if (literal.kind === 'number' && ['int', 'double', 'currency'].includes(type)) return Number(literal.value);
  if (literal.kind === 'date' && type === 'date') return literal.value;
  if (literal.kind === 'datetime' && type === 'datetime') return parseDateTime(literal.value);
  throw wrongType(field, soql, literal.at);
};
