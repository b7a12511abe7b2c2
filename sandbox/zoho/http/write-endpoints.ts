import { invalidRowId, mandatory, paramMissing, tooMany } from '../errors.ts';
import { isId } from '../ids.ts';
import { tableOf } from '../org.ts';
import { knownModule, type WriteContext } from '../records/context.ts';
import { deleteRow } from '../records/remove-row.ts';
import { insertRow, updateRow } from '../records/write-rows.ts';
import type { Input, Row } from '../types.ts';
import { type Call, type Endpoint, type Reply, writing } from './call.ts';
import { writtenView } from './record-view.ts';
import { eachRow, manyRows, rowCredits, rowsOf } from './row-results.ts';

const moduleOf = (call: Call): string => knownModule(call.org, call.at.module ?? '').api_name;

const insert = (call: Call): Reply => {
  const module = moduleOf(call);
  const rows = rowsOf(call);
  return writing(call, (context) =>
    eachRow(rows, 201, (input, index) => {
      const row = insertRow(context, module, input, index);
      call.stats.countRows(0, 1);
      return writtenView(call.org, row, 'record added');
    }),
  );
};

const updated = (call: Call, context: WriteContext, module: string, input: Input, index: number) => {
  if (input.id === undefined) throw mandatory('id', index);
  if (!isId(input.id)) throw invalidRowId(index);
  const row = updateRow(context, module, input.id, input, index);
  call.stats.countRows(0, 1);
  return writtenView(call.org, row, 'record updated');
};

const update = (call: Call): Reply => {
  const module = moduleOf(call);
  const rows = rowsOf(call).map((row) => (call.at.id === undefined ? row : { ...row, id: call.at.id }));
  return writing(call, (context) =>
    eachRow(rows, 200, (input, index) => updated(call, context, module, input, index)),
  );
};

/** The record an upsert means: by the first of the fields that has a value, in order. */
const duplicateOf = (call: Call, module: string, input: Input): { row: Row; field: string } | null => {
  const { duplicate_check_fields: given } = call.body;
  const names =
    Array.isArray(given) && given.length > 0 ? given.map(String) : module === 'Leads' ? ['Email'] : [];
  const rows = [...tableOf(call.org, module).values()];
  for (const field of names) {
    const wanted = input[field];
    if (typeof wanted !== 'string' || wanted === '') continue;
    const row = rows.find((one) => String(one[field] ?? '').toLowerCase() === wanted.toLowerCase());
    if (row) return { row, field };
  }
  return null;
};

const upsert = (call: Call): Reply => {
  const module = moduleOf(call);
  const rows = rowsOf(call);
  return writing(call, (context) =>
    eachRow(rows, 200, (input, index) => {
      const found = duplicateOf(call, module, input);
      const row = found
        ? updateRow(context, module, found.row.id, input, index)
        : insertRow(context, module, input, index);
      call.stats.countRows(0, 1);
      return found
        ? writtenView(call.org, row, 'record updated', { duplicate_field: found.field, action: 'update' })
        : writtenView(call.org, row, 'record added', { action: 'insert' });
    }),
  );
};

const remove = (call: Call): Reply => {
  const module = moduleOf(call);
  const ids = call.at.id ?? call.query.get('ids');
  if (!ids) throw paramMissing('ids');
  const all = ids.split(',');
  if (all.length > 100) throw tooMany(100, { param_name: 'ids' });
  return writing(call, (context) =>
    eachRow(all, 200, (id) => {
      deleteRow(context, module, id);
      return { code: 'SUCCESS', details: { id }, message: 'record deleted', status: 'success' };
    }),
  );
};

export const WRITE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: /^\/(?<module>[A-Z]\w*)\/upsert$/,
    kind: 'records.upsert',
    scope: ['modules.{module}', 'CREATE'],
    credits: rowCredits,
    heavy: manyRows,
    run: upsert,
  },
  {
    method: 'POST',
    path: /^\/(?<module>[A-Z]\w*)$/,
    kind: 'records.insert',
    scope: ['modules.{module}', 'CREATE'],
    credits: rowCredits,
    heavy: manyRows,
    run: insert,
  },
  {
    method: 'PUT',
    path: /^\/(?<module>[A-Z]\w*)(\/(?<id>\d+))?$/,
    kind: 'records.update',
    scope: ['modules.{module}', 'UPDATE'],
    credits: rowCredits,
    heavy: manyRows,
    run: update,
  },
  {
    method: 'DELETE',
    path: /^\/(?<module>[A-Z]\w*)(\/(?<id>\d+))?$/,
    kind: 'records.delete',
    scope: ['modules.{module}', 'DELETE'],
    run: remove,
  },
];
