import type { ObjectDef } from '../schema/object.ts';
import type { Row, Value } from '../types.ts';
import type { Query, SelectItem } from './ast.ts';
import type { RecordView, ViewContext } from './project-rows.ts';
import { queryError } from './query-error.ts';
import { type Resolved, resolvePath } from './resolve-path.ts';

type Aggregate = SelectItem & { kind: 'aggregate' };

const compute = (name: Aggregate['name'], values: readonly Value[]): Value => {
  const there = values.filter((value) => value !== null);
  const sum = () => there.reduce<number>((total, value) => total + Number(value), 0);
  switch (name) {
    case 'count':
      return there.length;
    case 'count_distinct':
      return new Set(there).size;
    case 'sum':
      return there.length === 0 ? null : sum();
    case 'avg':
      return there.length === 0 ? null : sum() / there.length;
    case 'min':
      return there.reduce<Value>((least, value) => (least === null || value < least ? value : least), null);
    case 'max':
      return there.reduce<Value>((most, value) => (most === null || value > most ? value : most), null);
  }
};

/** Whether the answer consists of groups instead of records. */
export const isAggregate = (query: Query): boolean =>
  query.groupBy.length > 0 || query.select.some((item) => item.kind === 'aggregate');

/** The groups of a query, each with its values. An unnamed aggregate is called expr0, expr1, … */
export const aggregateRows = (
  { org, soql }: ViewContext,
  object: ObjectDef,
  query: Query,
  rows: readonly Row[],
): readonly RecordView[] => {
  const keys = query.groupBy.map((path) => resolvePath(org, soql, object, path));
  let unnamed = 0;
  const columns = query.select.map((item): readonly [string, Resolved, Aggregate['name'] | null] => {
    if (item.kind !== 'field' && item.kind !== 'aggregate')
      throw queryError('MALFORMED_QUERY', soql, 0, 'Grouped query cannot use this in the SELECT list');
    const resolved = resolvePath(org, soql, object, item.path);
    if (item.kind === 'aggregate') return [item.alias ?? `expr${unnamed++}`, resolved, item.name];
    const grouped = query.groupBy.some(
      (path) => path.names.join('.').toLowerCase() === item.path.names.join('.').toLowerCase(),
    );
    if (!grouped)
      throw queryError(
        'MALFORMED_QUERY',
        soql,
        item.path.at,
        `Field must be grouped or aggregated: ${item.path.names.join('.')}`,
      );
    return [item.alias ?? resolved.field.name, resolved, null];
  });
  const groups = new Map<string, Row[]>();
  if (keys.length === 0) groups.set('', []);
  for (const row of rows) {
    const key = JSON.stringify(keys.map((one) => one.read(row)));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    return {
      attributes: { type: 'AggregateResult' },
      ...Object.fromEntries(
        columns.map(([name, resolved, aggregate]) => [
          name,
          aggregate
            ? compute(
                aggregate,
                group.map((row) => resolved.read(row)),
              )
            : first
              ? resolved.read(first)
              : null,
        ]),
      ),
    };
  });
};
