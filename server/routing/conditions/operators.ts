import type { FieldType } from '../policy/fields.ts';
import type { Op } from './condition-document.ts';

const PRESENCE: readonly Op[] = ['is_empty', 'is_present'];
const EQUALITY: readonly Op[] = ['eq', 'ne', 'in', 'not_in'];
const ORDER: readonly Op[] = ['gt', 'gte', 'lt', 'lte', 'between'];
const WORDS: readonly Op[] = [...EQUALITY, 'contains', 'starts_with', 'ends_with', ...PRESENCE];

/** The operators each type of field takes. */
export const OPS_OF: Readonly<Record<FieldType, readonly Op[]>> = Object.freeze({
  text: WORDS,
  email: WORDS,
  phone: WORDS,
  url: WORDS,
  choice: [...EQUALITY, ...PRESENCE],
  country: [...EQUALITY, ...PRESENCE],
  list: ['contains', ...PRESENCE],
  boolean: ['eq', 'ne', ...PRESENCE],
  number: [...EQUALITY, ...ORDER, ...PRESENCE],
  money: ['eq', 'ne', ...ORDER, ...PRESENCE],
  date: [...EQUALITY, ...ORDER, 'in_last', ...PRESENCE],
  datetime: ['eq', 'ne', ...ORDER, 'in_last', ...PRESENCE],
});

/** Types whose values are compared as text, without case. */
const TEXTUAL: readonly FieldType[] = ['text', 'choice', 'email', 'phone', 'url'];
export const isTextual = (type: FieldType): boolean => TEXTUAL.includes(type);

const ORDERED: readonly FieldType[] = ['number', 'money', 'date', 'datetime'];

/** Whether `op` compares a field of one type with a field of another. */
export const comparesFields = (op: Op, type: FieldType, other: FieldType): boolean => {
  const alike = type === other || (isTextual(type) && isTextual(other));
  switch (op) {
    case 'eq':
    case 'ne':
      return alike && type !== 'list';
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return type === other && ORDERED.includes(type);
    case 'contains':
      return (type === 'list' || isTextual(type)) && isTextual(other);
    case 'starts_with':
    case 'ends_with':
      return isTextual(type) && isTextual(other);
    case 'in':
    case 'not_in':
      return isTextual(type) && other === 'list';
    case 'between':
    case 'is_empty':
    case 'is_present':
    case 'in_last':
      return false;
    default:
      return op satisfies never;
  }
};
