import { maySee } from '../account.ts';
import { badRequest, notFound } from '../errors.ts';
import { removeRow, rowOf } from '../rows.ts';
import type { Row } from '../types.ts';
import { parsed } from '../writes/check.ts';
import { insert } from '../writes/insert.ts';
import { CUSTOM_KEY, leadChange, newLead } from '../writes/schemas.ts';
import { update } from '../writes/update.ts';
import { type ApiCall, created, type Endpoint, ok } from './endpoint.ts';
import { equalling, onlyKnown, ordered, pageByStart, updatedSince } from './paging.ts';

const READ = ['leads:read', 'leads:full'];
const WRITE = ['leads:full'];
const FILTERS = ['owner_id', 'person_id', 'organization_id'];
const SORTABLE = [
  'id',
  'title',
  'owner_id',
  'creator_id',
  'was_seen',
  'expected_close_date',
  'next_activity_id',
  'add_time',
  'update_time',
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const visible = ({ account, by, params }: ApiCall): Row => {
  if (!UUID.test(params.id ?? '')) throw badRequest('Validation failed: id: must be a valid GUID');
  const lead = rowOf(account, 'lead', params.id!);
  if (!maySee(account, by.userId, lead)) throw notFound('Lead');
  return lead;
};

const listed = (call: ApiCall, archived: boolean, names: readonly string[]) => {
  const { account, by, query } = call;
  onlyKnown(query, ['limit', 'start', 'sort', ...names]);
  const [field = 'add_time', direction = 'ASC'] = (query.sort ?? '').split(' ').filter(Boolean);
  if (!SORTABLE.includes(field)) throw badRequest(`Validation failed: sort: unknown field ${field}`);
  const rows = [...account.tables.lead.values()].filter(
    (row) => row.is_archived === archived && maySee(account, by.userId, row),
  );
  const found = updatedSince(equalling(rows, query, FILTERS), query);
  return pageByStart(ordered(found, field, direction.toUpperCase() === 'DESC'), query);
};

/** Custom fields stand beside the others; the rest must be known. */
const split = (body: unknown) => {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return {
    custom: Object.fromEntries(entries.filter(([key]) => CUSTOM_KEY.test(key))),
    rest: Object.fromEntries(entries.filter(([key]) => !CUSTOM_KEY.test(key))),
  };
};

export const LEADS: readonly Endpoint[] = [
  {
    version: 'v1',
    method: 'GET',
    path: '/leads',
    scopes: READ,
    cost: 'list',
    run: (call) => listed(call, false, ['updated_since', 'filter_id', ...FILTERS]),
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/leads/archived',
    scopes: READ,
    cost: 'archived',
    run: (call) => listed(call, true, ['filter_id', ...FILTERS]),
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/leads/{id}',
    scopes: READ,
    cost: 'single',
    run: (call) => ok(visible(call)),
  },
  {
    version: 'v1',
    method: 'POST',
    path: '/leads',
    scopes: WRITE,
    cost: 'write',
    run: ({ account, by, body }) => {
      const { custom, rest } = split(body);
      return created(insert(account, 'lead', { ...parsed(newLead, rest), ...custom }, by));
    },
  },
  {
    version: 'v1',
    method: 'PATCH',
    path: '/leads/{id}',
    scopes: WRITE,
    cost: 'write',
    run: (call) => {
      const { custom, rest } = split(call.body);
      const { id } = visible(call);
      return ok(update(call.account, 'lead', id, { ...parsed(leadChange, rest), ...custom }, call.by));
    },
  },
  {
    version: 'v1',
    method: 'DELETE',
    path: '/leads/{id}',
    scopes: WRITE,
    cost: 'delete',
    run: (call) => {
      const { id } = visible(call);
      removeRow(call.account, 'lead', id, call.by);
      return ok({ id });
    },
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/leadLabels',
    scopes: READ,
    cost: 'list',
    run: () => ok(LABELS),
  },
];

/** The labels every company starts with. */
const LABELS = ['Hot', 'Warm', 'Cold'].map((name, index) => ({
  id: `0f0e0d0c-0000-4000-8000-00000000000${index + 1}`,
  name,
  color: ['red', 'yellow', 'blue'][index],
  add_time: '2026-01-01T00:00:00.000Z',
  update_time: '2026-01-01T00:00:00.000Z',
}));
