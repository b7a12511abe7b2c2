import { validationError } from './errors.ts';
import type { ObjectTypeName } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { StoredRecord } from './types.ts';

type Json = Readonly<Record<string, unknown>>;

/** Limits of the search endpoint. Source: CRM search guide and the 2026-03 specification. */
export const SEARCH_LIMITS = {
  page: 200,
  results: 10_000,
  groups: 5,
  filters: 6,
  allFilters: 18,
  query: 3000,
} as const;

const NEEDS: Readonly<Record<string, 'value' | 'values' | 'range' | 'none'>> = {
  EQ: 'value',
  NEQ: 'value',
  LT: 'value',
  LTE: 'value',
  GT: 'value',
  GTE: 'value',
  CONTAINS_TOKEN: 'value',
  NOT_CONTAINS_TOKEN: 'value',
  IN: 'values',
  NOT_IN: 'values',
  BETWEEN: 'range',
  HAS_PROPERTY: 'none',
  NOT_HAS_PROPERTY: 'none',
};

/** The value the index holds: as of `at`, because it follows the records at a distance. */
const indexed = (record: StoredRecord, name: string, at: number | null): string => {
  const versions = record.history[name];
  if (at === null || !versions) return record.properties[name] ?? '';
  return versions.find((version) => version.at <= at)?.value ?? '';
};

const compare = (type: string, a: string, b: string): number => {
  if (type === 'number') return Number(a) - Number(b);
  if (type === 'datetime' || type === 'date') {
    const instant = (text: string) => (/^-?\d+$/.test(text) ? Number(text) : Date.parse(text));
    return instant(a) - instant(b);
  }
  return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0;
};

const tokens = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean);

const hasToken = (value: string, wanted: string): boolean => {
  const pattern = new RegExp(
    `^${wanted
      .toLowerCase()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
    'u',
  );
  return tokens(value).some((token) => pattern.test(token)) || pattern.test(value.toLowerCase());
};

const holds = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  filter: Json,
  at: number | null,
): boolean => {
  const name = String(filter.propertyName);
  const kind = portal.properties[type].get(name)?.type ?? 'string';
  const value = indexed(record, name, at);
  const operator = String(filter.operator);
  if (operator === 'HAS_PROPERTY') return value !== '';
  if (operator === 'NOT_HAS_PROPERTY') return value === '';
  // A record without the value matches none of the rest, not even the negated ones.
  if (value === '') return false;
  if (operator === 'NEQ') return compare(kind, value, String(filter.value)) !== 0;
  if (operator === 'CONTAINS_TOKEN') return hasToken(value, String(filter.value));
  if (operator === 'NOT_CONTAINS_TOKEN') return !hasToken(value, String(filter.value));
  // Text stands in the index in lower case, and IN compares with it as it is: an upper-case value finds nothing.
  const listed = Array.isArray(filter.values) ? filter.values.map(String) : [];
  const indexedText = kind === 'string' ? value.toLowerCase() : value;
  if (operator === 'IN') return listed.includes(indexedText);
  if (operator === 'NOT_IN') return !listed.includes(indexedText);
  const order = compare(kind, value, String(filter.value));
  if (operator === 'EQ') return order === 0;
  if (operator === 'LT') return order < 0;
  if (operator === 'LTE') return order <= 0;
  if (operator === 'GT') return order > 0;
  if (operator === 'GTE') return order >= 0;
  return order >= 0 && compare(kind, value, String(filter.highValue)) <= 0;
};

const checkFilter = (portal: Portal, type: ObjectTypeName, filter: Json): void => {
  const needs = NEEDS[String(filter.operator)];
  if (!needs) throw validationError(`Invalid input JSON: unknown operator ${String(filter.operator)}`);
  if (!portal.properties[type].has(String(filter.propertyName))) {
    throw validationError(
      `There was a problem with the request. Property ${String(filter.propertyName)} does not exist`,
    );
  }
  const given = filter.value !== undefined && filter.value !== null;
  if (needs === 'value' && !given) throw validationError(`${String(filter.operator)} needs a value`);
  if (needs === 'none' && given) throw validationError(`${String(filter.operator)} takes no value`);
  if (needs === 'values' && !Array.isArray(filter.values))
    throw validationError(`${String(filter.operator)} needs values`);
  if (needs === 'range' && (!given || filter.highValue === undefined))
    throw validationError('BETWEEN needs value and highValue');
};

const groupsOf = (portal: Portal, type: ObjectTypeName, body: Json): readonly (readonly Json[])[] => {
  const groups = (Array.isArray(body.filterGroups) ? (body.filterGroups as readonly Json[]) : []).map(
    (group) => (Array.isArray(group.filters) ? (group.filters as readonly Json[]) : []),
  );
  const total = groups.reduce((sum, filters) => sum + filters.length, 0);
  const tooMany = groups.length > SEARCH_LIMITS.groups || total > SEARCH_LIMITS.allFilters;
  if (tooMany || groups.some((filters) => filters.length > SEARCH_LIMITS.filters)) {
    throw validationError(
      `Too many filters: at most ${SEARCH_LIMITS.groups} groups of ${SEARCH_LIMITS.filters}, ${SEARCH_LIMITS.allFilters} in all`,
    );
  }
  for (const filter of groups.flat()) checkFilter(portal, type, filter);
  return groups;
};

/** Default searchable text per record: names, e-mail, phone, company, domain. */
const SEARCHABLE = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'company',
  'name',
  'domain',
  'dealname',
  'hs_lead_name',
  'hs_task_subject',
  'hs_task_body',
  'hs_note_body',
];

const sortOf = (body: Json): { name: string; direction: 1 | -1 } | null => {
  const first: unknown = Array.isArray(body.sorts) ? body.sorts[0] : undefined;
  if (first === undefined) return null;
  if (typeof first === 'string')
    return { name: first.replace(/^-/, ''), direction: first.startsWith('-') ? -1 : 1 };
  const { propertyName, direction } = first as Json;
  return { name: String(propertyName), direction: direction === 'DESCENDING' ? -1 : 1 };
};

/** One page of a search and how many match in all. Throws HubSpotError 400. `lag`: how old the index is, ms. */
export const searchRecords = (
  portal: Portal,
  type: ObjectTypeName,
  body: Json,
  lag: number,
): { readonly total: number; readonly page: readonly StoredRecord[]; readonly after: string | null } => {
  const limit = Number(body.limit ?? 10);
  if (limit > SEARCH_LIMITS.page) throw validationError(`The maximum page size is ${SEARCH_LIMITS.page}`);
  const after = Number(body.after || 0);
  if (!Number.isInteger(after) || after + limit > SEARCH_LIMITS.results) {
    throw validationError(`Search results are limited to the first ${SEARCH_LIMITS.results}`);
  }
  const query = String(body.query ?? '').toLowerCase();
  if (query.length > SEARCH_LIMITS.query)
    throw validationError(`The query is longer than ${SEARCH_LIMITS.query} characters`);
  const groups = groupsOf(portal, type, body);
  const at = lag > 0 ? portal.now() - lag : null;
  const matches = [...portal.records[type].values()].filter(
    (record) =>
      record.archivedAt === null &&
      (at === null || record.createdAt <= at) &&
      (query === '' || SEARCHABLE.some((name) => indexed(record, name, at).toLowerCase().includes(query))) &&
      (groups.length === 0 ||
        groups.some((filters) => filters.every((filter) => holds(portal, type, record, filter, at)))),
  );
  const sort = sortOf(body);
  if (sort) {
    const kind = portal.properties[type].get(sort.name)?.type ?? 'string';
    matches.sort(
      (a, b) => sort.direction * compare(kind, indexed(a, sort.name, at), indexed(b, sort.name, at)),
    );
  }
  const next = after + limit;
  return {
    total: matches.length,
    page: matches.slice(after, next),
    after: next < matches.length ? String(next) : null,
  };
};
