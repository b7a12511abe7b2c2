import { dateTimeText, parseDateTime } from '../dates.ts';
import { invalidParam, tooMany, ZohoError } from '../errors.ts';
import { tableOf } from '../org.ts';
import { knownModule } from '../records/context.ts';
import { ownerView } from '../records/write-rows.ts';
import type { Row } from '../types.ts';
import { type Call, type Endpoint, NOTHING, ok, pageOf, paging, type Reply, required } from './call.ts';
import { recordView } from './record-view.ts';

const MOST_FIELDS = 50;
const MOST_IDS = 100;
/** Pages of this many rows in all; beyond them a `page_token` goes on. */
const PAGED_ROWS = 2_000;
const SORTABLE = ['id', 'Created_Time', 'Modified_Time'];

const fieldsOf = (call: Call): readonly string[] => {
  const fields = required(call, 'fields').split(',');
  if (fields.length > MOST_FIELDS) throw tooMany(MOST_FIELDS, { param_name: 'fields' });
  return fields;
};

const since = ({ headers }: Call): number | null => {
  const text = headers['if-modified-since'];
  if (text === undefined) return null;
  const at = parseDateTime(text);
  if (at === null) throw invalidParam('If-Modified-Since');
  return at;
};

/** Converted leads are left out unless asked for. */
const convertedTest = (call: Call): ((row: Row) => boolean) => {
  const asked = call.query.get('converted') ?? 'false';
  if (!['true', 'false', 'both'].includes(asked)) throw invalidParam('converted');
  return (row) => asked === 'both' || (row.Converted__s === true) === (asked === 'true');
};

const sorted = (call: Call, rows: readonly Row[]): readonly Row[] => {
  const by = call.query.get('sort_by') ?? 'id';
  if (!SORTABLE.includes(by)) throw invalidParam('sort_by');
  const sign = call.query.get('sort_order') === 'asc' ? 1 : -1;
  const keyOf = (row: Row): string =>
    by === 'id' ? row.id : String(parseDateTime(row[by])).padStart(16, '0');
  // Once for each row, not for each comparison: tables are sorted whole for every page.
  return rows
    .map((row) => ({ row, key: `${keyOf(row)} ${row.id}` }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign))
    .map(({ row }) => row);
};

/** A token names the place to go on from. */
const tokenOf = (offset: number): string => Buffer.from(`page:${offset}`).toString('base64url');
const placeOf = (token: string): number => {
  const found = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!found) throw invalidParam('page_token');
  return Number(found[1]);
};

const listPage = (call: Call, rows: readonly Row[]) => {
  const { page, perPage } = paging(call);
  const token = call.query.get('page_token');
  const from = token === null ? (page - 1) * perPage : placeOf(token);
  if (token === null && from + perPage > PAGED_ROWS)
    throw new ZohoError('LIMIT_EXCEEDED', 'Record count exceeded', { param_name: 'page', limit: PAGED_ROWS });
  const part = rows.slice(from, from + perPage);
  const more = rows.length > from + perPage;
  return {
    part,
    info: {
      per_page: perPage,
      count: part.length,
      page,
      sort_by: call.query.get('sort_by') ?? 'id',
      sort_order: call.query.get('sort_order') ?? 'desc',
      more_records: more,
      ...(more && { next_page_token: tokenOf(from + perPage) }),
    },
  };
};

const list = (call: Call): Reply => {
  const module = knownModule(call.org, call.at.module ?? '');
  const fields = fieldsOf(call);
  const ids = call.query.get('ids')?.split(',');
  if (ids && ids.length > MOST_IDS) throw tooMany(MOST_IDS, { param_name: 'ids' });
  const from = since(call);
  const converted = convertedTest(call);
  const table = tableOf(call.org, module.api_name);
  const all = ids ? ids.flatMap((id) => table.get(id) ?? []) : [...table.values()];
  const found = all.filter(
    (row) => converted(row) && (from === null || (parseDateTime(row.Modified_Time) ?? 0) > from),
  );
  if (found.length === 0) return from === null ? NOTHING : { status: 304, body: null };
  const { part, info } = listPage(call, sorted(call, found));
  call.stats.countRows(part.length, 0);
  return ok({ data: part.map((row) => recordView(call.org, module, row, fields)), info });
};

const single = (call: Call): Reply => {
  const module = knownModule(call.org, call.at.module ?? '');
  const row = tableOf(call.org, module.api_name).get(call.at.id ?? '');
  if (!row) return NOTHING;
  call.stats.countRows(1, 0);
  const fields = call.query.get('fields')?.split(',') ?? module.fields.map(({ api_name }) => api_name);
  return ok({ data: [recordView(call.org, module, row, fields)] });
};

const deleted = (call: Call): Reply => {
  const { org, query } = call;
  const module = knownModule(org, call.at.module ?? '');
  const type = query.get('type') ?? 'all';
  if (!['all', 'recycle', 'permanent'].includes(type)) throw invalidParam('type');
  const from = since(call);
  const rows = org.deleted
    .filter((row) => row.module === module.api_name && (type === 'all' || row.type === type))
    .filter(({ at }) => from === null || Math.floor(at / 1000) * 1000 > from)
    .toSorted((a, b) => b.at - a.at);
  if (rows.length === 0) return from === null ? NOTHING : { status: 304, body: null };
  const { data, info } = pageOf(rows, paging(call));
  const who = (id: string) => {
    const { name } = ownerView(org, id);
    return { name, id };
  };
  return ok({
    data: data.map(({ id, name, at, by, type: kind }) => ({
      deleted_by: who(by),
      id,
      display_name: name,
      type: kind,
      created_by: who(by),
      deleted_time: dateTimeText(at, org.timezone),
    })),
    info,
  });
};

/** Searches what people wrote: by e-mail, phone or word. */
const search = (call: Call): Reply => {
  const { org, query } = call;
  const module = knownModule(org, call.at.module ?? '');
  const [email, phone, word] = [query.get('email'), query.get('phone'), query.get('word')];
  if (email === null && phone === null && word === null)
    throw new ZohoError('REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param: 'criteria,email,phone,word',
    });
  const has = (row: Row, names: readonly string[], wanted: string): boolean =>
    names.some((name) => String(row[name] ?? '').toLowerCase() === wanted.toLowerCase());
  const converted = convertedTest(call);
  const found = [...tableOf(org, module.api_name).values()].filter(
    (row) =>
      converted(row) &&
      ((email !== null && has(row, ['Email', 'Secondary_Email'], email)) ||
        (phone !== null && has(row, ['Phone', 'Mobile'], phone)) ||
        (word !== null && JSON.stringify(row).toLowerCase().includes(word.toLowerCase()))),
  );
  if (found.length === 0) return NOTHING;
  const { data, info } = pageOf(found, paging(call));
  const fields = query.get('fields')?.split(',') ?? module.fields.map(({ api_name }) => api_name);
  return ok({ data: data.map((row) => recordView(org, module, row, fields)), info });
};

export const READ_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)\/deleted$/,
    kind: 'records.deleted',
    scope: ['modules.{module}', 'READ'],
    run: deleted,
  },
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)\/search$/,
    kind: 'records.search',
    scope: ['modules.{module}', 'READ'],
    heavy: () => true,
    run: search,
  },
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)\/(?<id>\d+)$/,
    kind: 'records.read',
    scope: ['modules.{module}', 'READ'],
    run: single,
  },
  {
    method: 'GET',
    path: /^\/(?<module>[A-Z]\w*)$/,
    kind: 'records.list',
    scope: ['modules.{module}', 'READ'],
    credits: ({ query }) => (query.has('cvid') ? 3 : 1),
    heavy: ({ query }) => query.has('cvid') || query.has('sort_by'),
    run: list,
  },
];
