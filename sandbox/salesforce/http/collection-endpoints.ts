import { refused, SalesforceError } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { tableOf } from '../org.ts';
import { insertRow } from '../rows/insert-row.ts';
import { deleteRow } from '../rows/remove-row.ts';
import { updateRow } from '../rows/update-row.ts';
import { externalField, upsertRow } from '../rows/upsert-row.ts';
import { objectOfId } from '../schema/objects.ts';
import type { ApiCall, ApiReply, Endpoint } from './api-call.ts';
import { bodyOf, isObject, type Json, listOf, parserError } from './body.ts';
import { idOf, objectOf } from './object-of.ts';
import { namedFields, recordView } from './record-view.ts';

/** Source: sObject collections: 200 records a write, 2,000 a read. */
const MOST_WRITES = 200;
const MOST_READS = 2000;
/** Records of several objects are worked in chunks; more changes of object than this are refused. */
const MOST_CHUNKS = 10;

const tooMany = (max: number): SalesforceError =>
  new SalesforceError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${max} records into this call`,
  );

type RowResult = Readonly<Record<string, unknown>>;

const failed = (error: unknown): RowResult => {
  if (!(error instanceof SalesforceError)) throw error;
  return { success: false, errors: [error.rowError] };
};

const ROLLED_BACK: RowResult = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message:
        'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

/** Writes row by row: 200 with what became of each; with allOrNone one refusal takes all back. */
const writeEach = <T>(
  call: ApiCall,
  items: readonly T[],
  allOrNone: boolean,
  write: (item: T) => RowResult,
): ApiReply => {
  const start = call.tx.mark();
  const results = items.map((item) => {
    const mark = call.tx.mark();
    try {
      return write(item);
    } catch (error) {
      call.tx.rollbackTo(mark);
      return failed(error);
    }
  });
  const done = results.filter((result) => result.success).length;
  if (allOrNone && done < results.length) {
    call.tx.rollbackTo(start);
    return { status: 200, body: results.map((result) => (result.success ? ROLLED_BACK : result)) };
  }
  call.api.stats.countRows(0, done);
  return { status: 200, body: results };
};

const typeOf = (record: Json): string => {
  const type = isObject(record.attributes) ? record.attributes.type : undefined;
  if (typeof type === 'string') return type;
  throw refused('INVALID_TYPE', 'attributes.type is required for every record');
};

const recordsOf = (body: Json): readonly Json[] => {
  const records = listOf(body, 'records');
  if (records.length > MOST_WRITES) throw tooMany(MOST_WRITES);
  if (!records.every(isObject)) throw parserError('every record must be an object at [line:1, column:1]');
  const types = (records as readonly Json[]).map(typeOf);
  const chunks = types.filter((type, index) => type !== types[index - 1]).length;
  if (chunks > MOST_CHUNKS)
    throw new SalesforceError(
      'LIMIT_EXCEEDED',
      `The request cannot have more than ${MOST_CHUNKS} chunks of different types`,
    );
  return records as readonly Json[];
};

const withoutId = (record: Json): Json =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name.toLowerCase() !== 'id'));

const idIn = (record: Json): unknown =>
  Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1];

const readEach = (
  call: ApiCall,
  name: string,
  ids: readonly unknown[],
  names: readonly string[],
): ApiReply => {
  const { org, stats } = call.api;
  if (ids.length > MOST_READS) throw tooMany(MOST_READS);
  const object = objectOf(org, name);
  const fields = namedFields(org, object, names);
  const table = tableOf(org, object.name);
  stats.countRows(ids.length, 0);
  const body = ids.map((text) => {
    const id = toId18(text);
    const row = id === null ? undefined : table.get(id);
    return row && !row.IsDeleted ? recordView(call.version, org, object, row, fields) : null;
  });
  return { status: 200, body };
};

const commaList = (text: string | null): readonly string[] => (text ?? '').split(',').filter(Boolean);

/** sObject collections: up to 200 records in one call, each with its own outcome. */
export const collectionEndpoints: readonly Endpoint[] = [
  {
    kind: 'collection.create',
    method: 'POST',
    path: /^\/composite\/sobjects\/?$/,
    run: (call) => {
      const body = bodyOf(call);
      return writeEach(call, recordsOf(body), body.allOrNone === true, (record) => {
        const object = objectOf(call.api.org, typeOf(record));
        return { id: insertRow(call.write, object, record), success: true, errors: [] };
      });
    },
  },
  {
    kind: 'collection.update',
    method: 'PATCH',
    path: /^\/composite\/sobjects\/?$/,
    run: (call) => {
      const body = bodyOf(call);
      return writeEach(call, recordsOf(body), body.allOrNone === true, (record) => {
        const object = objectOf(call.api.org, typeOf(record));
        const id = idOf(object, idIn(record));
        updateRow(call.write, object, id, withoutId(record));
        return { id, success: true, errors: [] };
      });
    },
  },
  {
    kind: 'collection.upsert',
    method: 'PATCH',
    path: /^\/composite\/sobjects\/(?<object>\w+)\/(?<field>\w+)$/,
    run: (call, { object: name = '', field: fieldName = '' }) => {
      const body = bodyOf(call);
      const object = objectOf(call.api.org, name);
      const field = externalField(call.write, object, fieldName);
      return writeEach(call, recordsOf(body), body.allOrNone === true, (record) => {
        const { [field.name]: value, ...rest } = record;
        if (typeof value !== 'string' || value === '')
          throw refused('MISSING_ARGUMENT', `${field.name} not specified`, []);
        const { id, created } = upsertRow(call.write, object, field, value, rest);
        return { id, success: true, errors: [], created };
      });
    },
  },
  {
    kind: 'collection.delete',
    method: 'DELETE',
    path: /^\/composite\/sobjects\/?$/,
    run: (call) => {
      const ids = commaList(call.query.get('ids'));
      if (ids.length > MOST_WRITES) throw tooMany(MOST_WRITES);
      return writeEach(call, ids, call.query.get('allOrNone') === 'true', (text) => {
        const id = toId18(text);
        const object = id === null ? undefined : objectOfId(id);
        if (id === null || !object) throw refused('MALFORMED_ID', `malformed id ${text}`, []);
        deleteRow(call.write, object, id);
        return { id, success: true, errors: [] };
      });
    },
  },
  {
    kind: 'collection.read',
    method: 'POST',
    path: /^\/composite\/sobjects\/(?<object>\w+)$/,
    run: (call, { object = '' }) => {
      const body = bodyOf(call);
      return readEach(call, object, listOf(body, 'ids'), listOf(body, 'fields').map(String));
    },
  },
  {
    kind: 'collection.read',
    method: 'GET',
    path: /^\/composite\/sobjects\/(?<object>\w+)$/,
    run: (call, { object = '' }) =>
      readEach(call, object, commaList(call.query.get('ids')), commaList(call.query.get('fields'))),
  },
];
