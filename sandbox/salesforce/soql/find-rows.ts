import { toId18 } from '../ids.ts';
import { type Org, tableOf } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import { objectNamed } from '../schema/objects.ts';
import type { Row, Value } from '../types.ts';
import type { Condition, Literal, Query } from './ast.ts';
import { compileCondition } from './compile-condition.ts';
import { folded } from './literal-value.ts';
import { noSuchObject, queryError } from './query-error.ts';
import { resolvePath } from './resolve-path.ts';

/** The ids a query names, where every row it finds must have one of them; null: it may find any row. */
const namedIds = (condition: Condition | null): readonly string[] | null => {
  if (condition?.kind === 'and') return condition.parts.map(namedIds).find((ids) => ids !== null) ?? null;
  if (condition?.kind !== 'in' && condition?.kind !== 'compare') return null;
  if (condition.path.names.join('.').toLowerCase() !== 'id') return null;
  const literals: readonly Literal[] =
    condition.kind === 'in' ? condition.values : condition.op === '=' ? [condition.value] : [];
  const plain = condition.kind === 'compare' ? condition.op === '=' : !condition.negated && !condition.query;
  if (!plain || literals.some((one) => one.kind !== 'string')) return null;
  return [...new Set(literals.flatMap((one) => toId18('value' in one ? one.value : null) ?? []))];
};

const sorted = (org: Org, soql: string, object: ObjectDef, query: Query, rows: Row[]): Row[] => {
  if (query.orderBy.length === 0) return rows;
  const keys = query.orderBy.map((order) => ({ ...order, ...resolvePath(org, soql, object, order.path) }));
  const compare = (a: Row, b: Row): number => {
    for (const { read, field, descending, nullsLast } of keys) {
      const [x, y] = [folded(field, read(a)), folded(field, read(b))];
      if (x === y) continue;
      if (x === null || y === null) return (x === null) === nullsLast ? 1 : -1;
      return x < y === descending ? 1 : -1;
    }
    return 0;
  };
  return rows.sort(compare);
};

/** The object a query asks for. */
export const queriedObject = (org: Org, soql: string, query: Query): ObjectDef => {
  const object = objectNamed(query.from.name, org);
  if (!object) throw noSuchObject(soql, query.from.at, query.from.name);
  return object;
};

const joinedValues = (org: Org, soql: string, condition: Condition & { kind: 'in' }): readonly Value[] => {
  const { query } = condition;
  const item = query?.select[0];
  if (!query || item?.kind !== 'field' || query.select.length > 1)
    throw queryError('MALFORMED_QUERY', soql, condition.path.at, 'semi join sub-selects select one field');
  const object = queriedObject(org, soql, query);
  const { read } = resolvePath(org, soql, object, item.path);
  return findRows(org, soql, query, false)
    .map(read)
    .filter((value) => value !== null);
};

/** The rows a query finds, in order, before LIMIT and OFFSET. `all`: with those in the recycle bin. */
export const findRows = (org: Org, soql: string, query: Query, all: boolean): Row[] => {
  const object = queriedObject(org, soql, query);
  const table = tableOf(org, object.name);
  const joined = (condition: Condition & { kind: 'in' }) => joinedValues(org, soql, condition);
  const test = query.where
    ? compileCondition({ org, soql, object, joined }, query.where)
    : (): boolean => true;
  const ids = namedIds(query.where);
  const candidates = ids ? ids.flatMap((id) => table.get(id) ?? []) : table.values();
  const found: Row[] = [];
  for (const row of candidates) if ((all || !row.IsDeleted) && test(row)) found.push(row);
  return sorted(org, soql, object, query, found);
};
