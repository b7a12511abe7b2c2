import type { FieldValue } from '../lead.ts';
import { accountTest } from '../match/account-values.ts';
import { parseDuration } from '../policy/duration.ts';
import type { Field } from '../policy/fields.ts';
import { valueReader } from '../policy/read-value.ts';
import { Refusal, shown } from '../policy/refusal.ts';
import { nearest } from '../policy/strict-object.ts';
import { bindNamed } from './bind-named.ts';
import { compareValues } from './compare-values.ts';
import type { CompareOp, Condition, TextOp } from './condition.ts';
import type { ConditionDocument } from './condition-document.ts';
import { comparesFields, OPS_OF } from './operators.ts';
import { NEVER, type Report } from './report.ts';
import { SCORE, type Scope } from './scope.ts';

type Path = readonly (string | number)[];
type FieldDocument = ConditionDocument & { kind: 'field' };

/** Gives a condition's values the types of its fields; what does not fit is reported with its remedy. */
export const bindCondition = (
  document: ConditionDocument,
  scope: Scope,
  path: Path,
  report: Report,
): Condition => {
  switch (document.kind) {
    case 'all':
    case 'any':
      return Object.freeze({
        kind: document.kind,
        of: document.of.map((part, i) => bindCondition(part, scope, [...path, document.kind, i], report)),
      });
    case 'not':
      return Object.freeze({
        kind: 'not',
        of: bindCondition(document.of, scope, [...path, 'not'], report),
      });
    case 'time':
      return Object.freeze(document);
    case 'account':
      return Object.freeze(accountTest(document.is));
    case 'territory':
    case 'tier':
    case 'segment':
    case 'event':
      return Object.freeze(bindNamed(document, scope, path, report));
    case 'field':
      return Object.freeze(bindField(document, scope, path, report));
    default:
      return document satisfies never;
  }
};

const bindField = (document: FieldDocument, scope: Scope, path: Path, report: Report): Condition => {
  const field = lookUp(document.field, scope, [...path, 'field'], report);
  if (field === null) return NEVER;
  if (!OPS_OF[field.type].includes(document.op)) {
    const known = OPS_OF[field.type].join(', ');
    report(
      [...path, 'op'],
      `${document.field} is ${field.type} and has no ${document.op}; use one of ${known}`,
    );
    return NEVER;
  }
  return document.valueField === undefined
    ? bindValue(document, field, path, report)
    : bindFields(document, field, scope, path, report);
};

const lookUp = (name: string, { fields, score }: Scope, path: Path, report: Report): Field | null => {
  if (name === 'score' && score) return NUMBER;
  if (Object.hasOwn(fields, name)) return fields[name]!;
  const near = nearest(name, Object.keys(fields));
  const remedy = near === null ? 'declare it under fields' : `did you mean ${near}?`;
  report(path, `${name} is not a declared field; ${remedy}`);
  return null;
};

/** The score is no field of the lead; declared fields are what they are called. */
const NUMBER: Field = { type: 'number', of: null, currency: null, sources: {} };
const keyOf = (name: string, field: Field): string => (field === NUMBER ? SCORE : name);

const bindFields = (
  document: FieldDocument,
  field: Field,
  scope: Scope,
  path: Path,
  report: Report,
): Condition => {
  const other = document.valueField!;
  const otherField = lookUp(other, scope, [...path, 'valueField'], report);
  if (otherField === null) return NEVER;
  const { op } = document;
  if (document.value !== undefined) report([...path, 'value'], 'write either value or valueField, not both');
  if (!comparesFields(op, field.type, otherField.type)) {
    const pair = `${document.field} (${field.type}) and ${other} (${otherField.type})`;
    report([...path, 'valueField'], `${op} does not compare ${pair}; compare fields of one type`);
    return NEVER;
  }
  return {
    kind: 'fields',
    field: keyOf(document.field, field),
    type: field.type,
    op: op as CompareOp | TextOp | 'in' | 'not_in',
    other: keyOf(other, otherField),
    otherType: otherField.type,
  };
};

const bindValue = (document: FieldDocument, field: Field, path: Path, report: Report): Condition => {
  const at = [...path, 'value'];
  const test = { field: keyOf(document.field, field), type: field.type };
  const { op, value } = document;
  switch (op) {
    case 'is_empty':
    case 'is_present':
      if (value !== undefined) report(at, `${op} takes no value; remove it`);
      return { kind: 'presence', ...test, present: op === 'is_present' };
    case 'contains':
    case 'starts_with':
    case 'ends_with': {
      const bound = readOne(value, field.type === 'list' ? elementOf(field) : TEXT, at, report);
      return bound === null ? NEVER : { kind: 'text', ...test, op, value: bound as string };
    }
    case 'in':
    case 'not_in': {
      const values = readMany(value, field, at, report, 'write a list of values, such as [one, two]');
      return values === null ? NEVER : { kind: 'member', ...test, op, values };
    }
    case 'between':
      return bindBetween(value, field, test, at, report);
    case 'in_last': {
      const milliseconds = typeof value === 'string' ? parseDuration(value) : null;
      if (milliseconds === null || milliseconds === 0) {
        report(at, `${shown(value)} is no duration; write P30D for thirty days or PT12H`);
        return NEVER;
      }
      return { kind: 'recent', ...test, milliseconds };
    }
    default: {
      const bound = readOne(value, field, at, report);
      return bound === null ? NEVER : { kind: 'compare', ...test, op, value: bound };
    }
  }
};

const bindBetween = (
  value: unknown,
  field: Field,
  test: { field: string; type: Field['type'] },
  at: Path,
  report: Report,
): Condition => {
  const bounds = readMany(value, field, at, report, 'write both ends, such as [10, 99]');
  const [from, to] = bounds ?? [];
  if (from === undefined || to === undefined || bounds?.length !== 2) {
    if (bounds !== null) report(at, 'between takes two values, its ends; write them like [10, 99]');
    return NEVER;
  }
  const order = compareValues(field.type, from, to);
  if (order === null) report(at, 'the ends are in different currencies; use one');
  else if (order > 0) report(at, `${shown(from)} is after ${shown(to)}; swap them`);
  return { kind: 'between', ...test, from, to };
};

const TEXT: Field = { type: 'text', of: null, currency: null, sources: {} };
const elementOf = (field: Field): Field => (field.of === null ? TEXT : { ...field, type: 'choice' });

const readOne = (value: unknown, field: Field, at: Path, report: Report): FieldValue | null => {
  if (value === undefined || value === null || value === '') {
    report(at, 'is missing; write a value, or use is_empty or is_present');
    return null;
  }
  const read = valueReader(field, 'json')(value);
  if (read === null) report(at, 'is empty; write a value, or use is_empty or is_present');
  if (!(read instanceof Refusal)) return read;
  report(at, read.message);
  return null;
};

const readMany = (
  value: unknown,
  field: Field,
  at: Path,
  report: Report,
  remedy: string,
): readonly FieldValue[] | null => {
  if (!Array.isArray(value) || value.length === 0) {
    report(at, `${value === undefined ? 'is missing' : `${shown(value)} is no list`}; ${remedy}`);
    return null;
  }
  const read = value.map((one, i) => readOne(one, field, [...at, i], report));
  return read.includes(null) ? null : (read as readonly FieldValue[]);
};
