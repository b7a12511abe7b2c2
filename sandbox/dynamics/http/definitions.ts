import { badQuery, noSegment } from '../errors.ts';
import type { Column, ColumnType, Table } from '../schema/column.ts';
import { columnOf, isInstalled, tableNamed } from '../schema/tables.ts';
import type { Operation, Reply } from './operation.ts';

const ATTRIBUTE_TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'Uniqueidentifier',
  guid: 'Uniqueidentifier',
  string: 'String',
  memo: 'Memo',
  integer: 'Integer',
  decimal: 'Decimal',
  money: 'Money',
  boolean: 'Boolean',
  choice: 'Picklist',
  state: 'State',
  status: 'Status',
  datetime: 'DateTime',
  lookup: 'Lookup',
  owner: 'Owner',
};

/** `EntityDefinitions(LogicalName='lead')` and its `/Attributes`: filters know only `eq`, joined by `or` or `and`. */
export const readDefinition = ({ search, api }: Operation, name: string, part: string | undefined): Reply => {
  const table = tableNamed(name);
  if (!table || !isInstalled(table, api.environment.installed))
    throw noSegment(`EntityDefinitions(LogicalName='${name}')`);
  if (part === undefined) return { status: 200, body: project(definitionOf(table), search) };
  if (part !== 'Attributes') throw noSegment(part);
  const columns = [...table.columns.values()].filter(
    (column) =>
      columnOf(table, column.name, api.environment.installed) && !column.name.startsWith('sandbox_'),
  );
  const rows = columns.map(attributeOf).filter((row) => matches(row, search.get('$filter')));
  return { status: 200, body: { value: rows.map((row) => project(row, search)) } };
};

const definitionOf = (table: Table) => ({
  MetadataId: table.name,
  LogicalName: table.name,
  EntitySetName: table.entitySet,
  PrimaryIdAttribute: table.primaryId,
  PrimaryNameAttribute: table.primaryName,
  IsOptimisticConcurrencyEnabled: true,
  ChangeTrackingEnabled: table.changeTracking,
});

const attributeOf = (column: Column) => ({
  MetadataId: column.name,
  LogicalName: column.name,
  AttributeType: ATTRIBUTE_TYPES[column.type],
  IsValidForRead: column.secret !== true,
  IsValidForUpdate: column.readOnly !== true,
});

const project = (
  row: Readonly<Record<string, unknown>>,
  search: URLSearchParams,
): Readonly<Record<string, unknown>> => {
  const select = search.get('$select')?.split(',');
  if (!select) return row;
  for (const name of select)
    if (!(name in row)) throw badQuery(`Could not find a property named '${name}' on the definition.`);
  return Object.fromEntries(['MetadataId', ...select].map((name) => [name, row[name]]));
};

const matches = (row: Readonly<Record<string, unknown>>, filter: string | null): boolean => {
  if (filter === null) return true;
  const parts = filter.split(' or ').map((part) => /^(\w+) eq '([^']*)'$/.exec(part.trim()));
  if (parts.some((part) => part === null))
    throw badQuery('The requested resource does not support this query: only eq is known here.');
  return parts.some((part) => row[part?.[1] ?? ''] === part?.[2]);
};
