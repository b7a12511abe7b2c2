import { rowsOf } from '../environment.ts';
import { alreadyThere, badPayload, DynamicsError, noRecord, versionMismatch } from '../errors.ts';
import { readSelect } from '../odata/query-options.ts';
import { etagOf, readAnnotations, viewOf } from '../odata/record-view.ts';
import { type Body, checkValues } from '../rows/check-values.ts';
import { insertRow } from '../rows/insert-row.ts';
import { removeRow } from '../rows/remove-row.ts';
import type { Transaction } from '../rows/transaction.ts';
import { updateRow } from '../rows/update-row.ts';
import type { Table } from '../schema/column.ts';
import type { Row } from '../types.ts';
import { API_PATH, type Operation, type Reply } from './operation.ts';

/** Tables that the platform fills by itself. */
const READ_ONLY = new Set(['sdkmessage', 'sdkmessagefilter', 'activitypointer', 'asyncoperation']);

const found = ({ api }: Operation, table: Table, id: string): Row => {
  const row = rowsOf(api.environment, table.name).get(id);
  if (!row) throw noRecord(table.name, id);
  return row;
};

/** `GET <set>(<id>)`: 304 where the caller has it already, unless annotations are asked for. */
export const readRow = (operation: Operation, table: Table, id: string): Reply => {
  const row = found(operation, table, id);
  const prefer = operation.header('prefer');
  const known = operation.header('if-none-match');
  if (known === etagOf(row) && !prefer.includes('include-annotations')) return { status: 304 };
  const { environment, url } = operation.api;
  const select = readSelect(operation.search.get('$select'), table, environment);
  const view = viewOf(row, table, environment, select, readAnnotations(prefer));
  return {
    status: 200,
    headers: { ETag: etagOf(row) },
    body: { '@odata.context': `${url()}${API_PATH}/$metadata#${table.entitySet}/$entity`, ...view },
  };
};

export const parseBody = ({ body, header }: Pick<Operation, 'body' | 'header'>): Body => {
  if (!header('content-type').includes('application/json'))
    throw new DynamicsError(415, '0x80048d19', 'The content type must be application/json.');
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Body;
  } catch {
    // Told below.
  }
  throw badPayload('The body is no JSON object.');
};

const written = (operation: Operation, table: Table, row: Row): Reply => {
  const { environment, url } = operation.api;
  const headers = {
    'OData-EntityId': `${url()}${API_PATH}/${table.entitySet}(${row.id})`,
    ETag: etagOf(row),
  };
  const prefer = operation.header('prefer');
  if (!prefer.includes('return=representation')) return { status: 204, headers };
  const select = readSelect(operation.search.get('$select'), table, environment);
  const body = viewOf(row, table, environment, select, readAnnotations(prefer));
  return { status: 200, headers: { ...headers, 'Preference-Applied': 'return=representation' }, body };
};

const refuseReadOnly = (table: Table): void => {
  if (READ_ONLY.has(table.name))
    throw new DynamicsError(405, '0x80040800', `The entity '${table.name}' cannot be written.`);
};

export const createRow = (operation: Operation, table: Table, tx: Transaction): Reply => {
  refuseReadOnly(table);
  operation.api.faults.row(table.name, null);
  const body = parseBody(operation);
  const id = body[table.primaryId];
  const row = insertRow(tx, {
    table,
    values: checkValues(body, table, tx),
    ...(typeof id === 'string' && { id }),
    detectDuplicates: operation.header('mscrm.suppressduplicatedetection') === 'false',
  });
  const reply = written(operation, table, row);
  return reply.status === 200 ? { ...reply, status: 201 } : reply;
};

/** `PATCH <set>(<id>)`: changes what is there, and creates what is not, unless a condition forbids one of the two. */
export const patchRow = (operation: Operation, table: Table, id: string, tx: Transaction): Reply => {
  refuseReadOnly(table);
  operation.api.faults.row(table.name, id);
  const body = parseBody(operation);
  const before = tx.get(table.name, id);
  const match = operation.header('if-match');
  if (before === undefined) {
    if (match !== '') throw noRecord(table.name, id);
    return written(operation, table, insertRow(tx, { table, id, values: checkValues(body, table, tx) }));
  }
  if (operation.header('if-none-match') === '*') throw alreadyThere();
  if (match !== '' && match !== '*' && match !== etagOf(before)) throw versionMismatch();
  return written(operation, table, updateRow(tx, table, before, checkValues(body, table, tx)));
};

export const deleteRow = (operation: Operation, table: Table, id: string, tx: Transaction): Reply => {
  refuseReadOnly(table);
  const row = found(operation, table, id);
  const match = operation.header('if-match');
  if (match !== '' && match !== '*' && match !== etagOf(row)) throw versionMismatch();
  removeRow(tx, table, row);
  return { status: 204 };
};
