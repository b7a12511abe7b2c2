import { badRequest } from '../errors.ts';
import { changedAt } from '../rows.ts';
import type { Row } from '../types.ts';
import type { ApiCall, ApiReply } from './endpoint.ts';
import { ok } from './endpoint.ts';

type Query = ApiCall['query'];

const MOST = 500;
const USUAL = 100;

const limitOf = (query: Query): number => {
  if (query.limit === undefined) return USUAL;
  const limit = Number(query.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw badRequest(`Validation failed: limit: must be from 1 to ${MOST}`);
  return limit;
};

/** A page of v1: by where it starts. */
export const pageByStart = (rows: readonly unknown[], query: Query): ApiReply => {
  const [limit, start] = [limitOf(query), Number(query.start ?? 0)];
  const more = rows.length > start + limit;
  return ok(rows.slice(start, start + limit), {
    additional_data: {
      pagination: {
        start,
        limit,
        more_items_in_collection: more,
        ...(more && { next_start: start + limit }),
      },
    },
  });
};

const placeOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const place = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (place === undefined) throw badRequest('Validation failed: cursor: is invalid');
  return Number(place);
};

/** A page of v2: after a cursor. `wrap`: how searches hold their rows. */
export const pageByCursor = (
  rows: readonly unknown[],
  query: Query,
  wrap: (rows: readonly unknown[]) => unknown = (page) => page,
): ApiReply => {
  const [limit, start] = [limitOf(query), placeOf(query.cursor)];
  const more = rows.length > start + limit;
  const next = more ? Buffer.from(`after:${start + limit}`).toString('base64url') : null;
  return ok(wrap(rows.slice(start, start + limit)), { additional_data: { next_cursor: next } });
};

const instantOf = (name: string, value: string): number => {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at))
    throw badRequest(`Validation failed: ${name}: must be a date-time such as 2026-01-01T10:20:00Z`);
  return at;
};

/** Rows changed at or after `updated_since`. */
export const updatedSince = (rows: readonly Row[], query: Query): readonly Row[] => {
  if (query.updated_since === undefined) return rows;
  const since = instantOf('updated_since', query.updated_since);
  return rows.filter((row) => changedAt(row) >= since);
};

/** Rows whose fields equal the query's values of the same names. */
export const equalling = (rows: readonly Row[], query: Query, names: readonly string[]): readonly Row[] =>
  names.reduce<readonly Row[]>(
    (left, name) =>
      query[name] === undefined ? left : left.filter((row) => String(row[name]) === query[name]),
    rows,
  );

const compare = (one: unknown, other: unknown): number => {
  if (one === other) return 0;
  return String(one) < String(other) ? -1 : 1;
};

/** Rows in the order of a field; of equal ones the id decides. */
export const ordered = (rows: readonly Row[], field: string, descending: boolean): readonly Row[] => {
  const numeric = rows.every((row) => typeof row[field] === 'number');
  const sorted = [...rows].sort(
    (one, other) =>
      (numeric ? Number(one[field]) - Number(other[field]) : compare(one[field], other[field])) ||
      compare(one.id, other.id),
  );
  return descending ? sorted.reverse() : sorted;
};

/** A query may name nothing the operation does not know. */
export const onlyKnown = (query: Query, names: readonly string[]): void => {
  const unknown = Object.keys(query).find((name) => !names.includes(name));
  if (unknown !== undefined) throw badRequest(`Validation failed: "${unknown}" is not allowed`);
};
