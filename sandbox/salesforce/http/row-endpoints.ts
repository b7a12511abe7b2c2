import { notFound, SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { tableOf } from '../org.ts';
import { insertRow } from '../rows/insert-row.ts';
import { deleteRow } from '../rows/remove-row.ts';
import { updateRow } from '../rows/update-row.ts';
import { externalField, findByExternalId, upsertRow } from '../rows/upsert-row.ts';
import type { ObjectDef } from '../schema/object.ts';
import type { Row } from '../types.ts';
import type { ApiCall, Endpoint } from './api-call.ts';
import { bodyOf } from './body.ts';
import { objectOf } from './object-of.ts';
import { namedFields, recordView } from './record-view.ts';

const created = (id: string) => ({ id, success: true, errors: [] });

/** The live row an address names. A malformed id is taken for an external id field, as Salesforce takes it. */
const rowAt = ({ api }: ApiCall, object: ObjectDef, text: string): Row => {
  const id = toId18(text);
  if (!id?.startsWith(object.prefix))
    throw notFound(`Provided external ID field does not exist or is not accessible: ${text}`);
  const row = tableOf(api.org, object.name).get(id);
  if (!row) throw notFound();
  return row;
};

const isTime = (text: string): boolean => Number.isFinite(Date.parse(text));

/** If-Unmodified-Since, to the second: 412 when the row was changed later. */
const checkUnmodified = ({ headers }: ApiCall, row: Row): void => {
  const since = headers['if-unmodified-since'];
  if (since === undefined) return;
  if (!isTime(since))
    throw new SalesforceError('INVALID_HEADER', `Invalid date in If-Unmodified-Since: ${since}`);
  if (Date.parse(String(row.LastModifiedDate)) > Date.parse(since))
    throw new SalesforceError(
      'PRECONDITION_FAILED',
      'The specified resource was modified after the time in If-Unmodified-Since',
    );
};

const namesOf = (call: ApiCall): readonly string[] =>
  (call.query.get('fields') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** sObject rows: one record at a time, by id or by external id. */
export const rowEndpoints: readonly Endpoint[] = [
  {
    kind: 'row.create',
    method: 'POST',
    path: /^\/sobjects\/(?<object>\w+)\/?$/,
    run: (call, { object = '' }) => {
      const id = insertRow(call.write, objectOf(call.api.org, object), bodyOf(call));
      call.api.stats.countRows(0, 1);
      return {
        status: 201,
        body: created(id),
        headers: { Location: `/services/data/v${call.version}/sobjects/${object}/${id}` },
      };
    },
  },
  {
    kind: 'row.read',
    method: 'GET',
    path: /^\/sobjects\/(?<object>\w+)\/(?<id>[^/]+)$/,
    run: (call, { object: name = '', id = '' }) => {
      const { org, stats } = call.api;
      const object = objectOf(org, name);
      const row = rowAt(call, object, id);
      if (row.IsDeleted) throw notFound();
      const names = namesOf(call);
      stats.countRows(1, 0);
      const fields = names.length === 0 ? undefined : namedFields(org, object, names);
      return {
        status: 200,
        body: recordView(call.version, org, object, row, fields),
        headers: { 'Last-Modified': new Date(String(row.LastModifiedDate)).toUTCString() },
      };
    },
  },
  {
    kind: 'row.update',
    method: 'PATCH',
    path: /^\/sobjects\/(?<object>\w+)\/(?<id>[^/]+)$/,
    run: (call, { object: name = '', id = '' }) => {
      const object = objectOf(call.api.org, name);
      const row = rowAt(call, object, id);
      checkUnmodified(call, row);
      updateRow(call.write, object, row.Id, bodyOf(call));
      call.api.stats.countRows(0, 1);
      return { status: 204 };
    },
  },
  {
    kind: 'row.delete',
    method: 'DELETE',
    path: /^\/sobjects\/(?<object>\w+)\/(?<id>[^/]+)$/,
    run: (call, { object: name = '', id = '' }) => {
      const object = objectOf(call.api.org, name);
      deleteRow(call.write, object, rowAt(call, object, id).Id);
      return { status: 204 };
    },
  },
  {
    kind: 'row.read',
    method: 'GET',
    path: /^\/sobjects\/(?<object>\w+)\/(?<field>\w+)\/(?<value>[^/]+)$/,
    run: (call, { object: name = '', field = '', value = '' }) => {
      const { org } = call.api;
      const object = objectOf(org, name);
      const id = findByExternalId(call.write, object, externalField(call.write, object, field), value);
      const row = id === undefined ? undefined : tableOf(org, object.name).get(id);
      if (!row) throw notFound();
      return { status: 200, body: recordView(call.version, org, object, row) };
    },
  },
  {
    kind: 'row.upsert',
    method: 'PATCH',
    path: /^\/sobjects\/(?<object>\w+)\/(?<field>\w+)\/(?<value>[^/]+)$/,
    run: (call, { object: name = '', field: fieldName = '', value = '' }) => {
      const object = objectOf(call.api.org, name);
      const field = externalField(call.write, object, fieldName);
      const result = upsertRow(call.write, object, field, value, bodyOf(call));
      call.api.stats.countRows(0, 1);
      return {
        status: result.created ? 201 : 200,
        body: { ...created(result.id), created: result.created },
      };
    },
  },
];
