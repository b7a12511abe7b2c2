import type { Report } from '../conditions/report.ts';
import type { Field, Fields, FieldType } from './fields.ts';
import type { Path } from './problems.ts';
import { valueReader } from './read-value.ts';
import { Refusal } from './refusal.ts';
import { AREA_FIELDS, type Area, type AreaField, type Territory } from './territories.ts';

const TYPES: Readonly<Record<AreaField, readonly FieldType[]>> = {
  country: ['country'],
  region: ['text', 'choice'],
  city: ['text', 'choice'],
  postal: ['text'],
};

/** Gives the values of areas the types of their fields; what does not fit is reported with its remedy. */
export const bindTerritories = (
  territories: readonly Territory[],
  fields: Fields,
  report: Report,
): readonly Territory[] => {
  const missing = new Set<AreaField>();
  return territories.map((territory, i) => ({
    ...territory,
    match: territory.match.map((area, j) =>
      bindArea(area, fields, missing, ['territories', i, 'match', j], report),
    ),
  }));
};

/** A field that is not there is told of once, however many areas ask for it. */
const bindArea = (area: Area, fields: Fields, missing: Set<AreaField>, path: Path, report: Report): Area => {
  const bound: Partial<Record<AreaField, readonly string[]>> = {};
  for (const name of AREA_FIELDS) {
    const values = area[name];
    if (values === undefined || missing.has(name)) continue;
    const field = Object.hasOwn(fields, name) ? fields[name]! : null;
    if (field === null || !TYPES[name].includes(field.type)) {
      missing.add(name);
      report([...path, name], remedyFor(name, field));
    } else bound[name] = values.map((value, i) => bindValue(value, name, field, [...path, name, i], report));
  }
  return bound;
};

const remedyFor = (name: AreaField, field: Field | null): string => {
  const types = TYPES[name].join(' or ');
  return field === null
    ? `areas by ${name} look at the field of that name; declare ${name} under fields, of type ${types}`
    : `the field ${name} is ${field.type}; areas look at one of type ${types}`;
};

const PATTERN = /^[^*]+\*?$/;

const bindValue = (value: string, name: AreaField, field: Field, path: Path, report: Report): string => {
  if (name === 'postal') {
    if (!PATTERN.test(value))
      report(path, `${value} is no postal code; write it whole, or its beginning and one *`);
    return value;
  }
  const read = valueReader(field, 'json')(value);
  if (read instanceof Refusal) report(path, read.message);
  return typeof read === 'string' ? read : value;
};
