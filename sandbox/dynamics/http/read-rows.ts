import { rowsOf } from '../environment.ts';
import { badQuery } from '../errors.ts';
import { type QueryOptions, readOptions } from '../odata/query-options.ts';
import { readAnnotations, viewOf } from '../odata/record-view.ts';
import { ACTIVITIES, activitypointer } from '../schema/activities.ts';
import type { Table } from '../schema/column.ts';
import { isRef, type Row } from '../types.ts';
import { deltaRows, trackedRows } from './change-tracking.ts';
import { API_PATH, type Operation, type Reply } from './operation.ts';

const LARGEST_PAGE = 5000;

/** Answers `GET <set>`: pages of at most 5000 rows, or what changed since a delta link. */
export const readRows = (operation: Operation, table: Table, within?: ReadonlySet<string>): Reply => {
  const { search, api } = operation;
  const { environment } = api;
  const options = readOptions(search, table, environment);
  const skip = search.get('$skiptoken');
  if (skip !== null) return page(operation, table, options, api.pages.take(skip));
  if (search.has('$deltatoken')) return page(operation, table, options, deltaRows(operation, table));
  const tracking = /odata\.track-changes/.test(operation.header('prefer'));
  if (tracking) return page(operation, table, options, trackedRows(operation, table), true);
  const rows = allRows(operation, table)
    .filter((row) => within === undefined || within.has(row.id))
    .filter((row) => options.test?.(row) ?? true);
  const sorted = options.order.length === 0 ? rows : rows.toSorted(byOrder(options.order));
  const wanted = options.top === null ? sorted : sorted.slice(0, options.top);
  const count = options.count ? { '@odata.count': Math.min(rows.length, LARGEST_PAGE) } : {};
  return page(operation, table, options, { ids: wanted.map(({ id }) => id), last: {} }, false, count);
};

/** Activity pointers are the activities of every kind. */
const allRows = ({ api }: Operation, table: Table): readonly Row[] =>
  (table === activitypointer ? ACTIVITIES : [table]).flatMap(({ name }) => [
    ...rowsOf(api.environment, name).values(),
  ]);

const rowWith = ({ api }: Operation, table: Table, id: string): Row | undefined =>
  (table === activitypointer ? ACTIVITIES : [table])
    .map(({ name }) => rowsOf(api.environment, name).get(id))
    .find((row) => row !== undefined);

const byOrder =
  (order: QueryOptions['order']) =>
  (left: Row, right: Row): number => {
    for (const { column, descending } of order) {
      const [one, other] = [left, right].map((row) => {
        const value = column.type === 'id' ? row.id : (row.values[column.name] ?? '');
        return isRef(value) ? value.id : value;
      });
      if (one === other) continue;
      return (one! < other! ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  };

/** A deleted row of a delta, beside the ids of those that are there. */
const DELETED = 'deleted:';

const page = (
  operation: Operation,
  table: Table,
  options: QueryOptions,
  rest: { readonly ids: readonly string[]; readonly last: Readonly<Record<string, unknown>> },
  tracking = false,
  first: Readonly<Record<string, unknown>> = {},
): Reply => {
  const { api, search } = operation;
  const prefer = operation.header('prefer');
  const size = Math.min(Number(/odata\.maxpagesize=(\d+)/.exec(prefer)?.[1] ?? LARGEST_PAGE), LARGEST_PAGE);
  if (size < 1) throw badQuery('odata.maxpagesize must be at least 1.');
  const shown = rest.ids.slice(0, size);
  const more = rest.ids.slice(size);
  const context = `${api.url()}${API_PATH}/$metadata#${table.entitySet}`;
  const annotations = readAnnotations(prefer);
  const value = shown.flatMap((id) => {
    if (id.startsWith(DELETED))
      return [
        { '@odata.context': `${context}/$deletedEntity`, id: id.slice(DELETED.length), reason: 'deleted' },
      ];
    const row = rowWith(operation, table, id);
    return row ? [viewOf(row, table, api.environment, options.select, annotations)] : [];
  });
  const next = more.length > 0 && {
    '@odata.nextLink': linkTo(operation, table, search, api.pages.keep({ ids: more, last: rest.last })),
  };
  const applied = [
    ...(tracking ? ['odata.track-changes'] : []),
    ...(/odata\.maxpagesize/.test(prefer) ? [`odata.maxpagesize=${size}`] : []),
  ];
  return {
    status: 200,
    headers: applied.length > 0 ? { 'Preference-Applied': applied.join(',') } : {},
    body: { '@odata.context': context, ...first, value, ...(next || rest.last) },
  };
};

const linkTo = ({ api }: Operation, table: Table, search: URLSearchParams, token: string): string => {
  const next = new URLSearchParams(search);
  next.delete('$deltatoken');
  next.set('$skiptoken', token);
  return `${api.url()}${API_PATH}/${table.entitySet}?${next}`;
};
