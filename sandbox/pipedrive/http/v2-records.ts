import type { z } from 'zod';
import { maySee } from '../account.ts';
import { badRequest, notFound } from '../errors.ts';
import { removeRow, rowOf } from '../rows.ts';
import type { ObjectName, Row, Values } from '../types.ts';
import { parsed } from '../writes/check.ts';
import { insert } from '../writes/insert.ts';
import * as schemas from '../writes/schemas.ts';
import { update } from '../writes/update.ts';
import { type ApiCall, created, type Endpoint, ok } from './endpoint.ts';
import { equalling, onlyKnown, ordered, pageByCursor, updatedSince } from './paging.ts';

const MOST_IDS = 100;
const COMMON = [
  'ids',
  'filter_id',
  'updated_since',
  'updated_until',
  'sort_by',
  'sort_direction',
  'include_fields',
  'custom_fields',
  'limit',
  'cursor',
];

interface Kind {
  readonly object: Exclude<ObjectName, 'user' | 'lead' | 'note'>;
  readonly path: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly filters: readonly string[];
  readonly create: z.ZodType<Values>;
  readonly change: z.ZodType<Values>;
  /** Fields that come only when asked for. */
  readonly onRequest: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    object: 'person',
    path: '/persons',
    read: ['contacts:read', 'contacts:full'],
    write: ['contacts:full'],
    filters: ['owner_id', 'org_id'],
    create: schemas.newPerson,
    change: schemas.personChange,
    onRequest: [],
  },
  {
    object: 'organization',
    path: '/organizations',
    read: ['contacts:read', 'contacts:full'],
    write: ['contacts:full'],
    filters: ['owner_id'],
    create: schemas.newOrganization,
    change: schemas.organizationChange,
    onRequest: [],
  },
  {
    object: 'deal',
    path: '/deals',
    read: ['deals:read', 'deals:full'],
    write: ['deals:full'],
    filters: ['owner_id', 'person_id', 'org_id', 'pipeline_id', 'stage_id', 'status'],
    create: schemas.newDeal,
    change: schemas.dealChange,
    onRequest: ['source_lead_id'],
  },
  {
    object: 'activity',
    path: '/activities',
    read: ['activities:read', 'activities:full'],
    write: ['activities:full'],
    filters: ['owner_id', 'deal_id', 'lead_id', 'person_id', 'org_id', 'done'],
    create: schemas.activityWrite,
    change: schemas.activityWrite,
    onRequest: ['attendees'],
  },
];

const shown = ({ onRequest }: Kind, { query }: ApiCall, row: Row): Row => {
  const asked = (query.include_fields ?? '').split(',');
  const hidden = onRequest.filter((name) => !asked.includes(name));
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name))) as Row;
};

const visible = (kind: Kind, { account, by, params }: ApiCall): Row => {
  if (!/^\d+$/.test(params.id ?? '')) throw badRequest('Validation failed: id: must be a number');
  const row = rowOf(account, kind.object, params.id!);
  if (maySee(account, by.userId, row)) return row;
  throw notFound(kind.object);
};

const idsOf = (query: ApiCall['query']): readonly string[] | null => {
  if (query.ids === undefined) return null;
  const ids = query.ids.split(',');
  if (ids.length > MOST_IDS) throw badRequest(`Validation failed: ids: at most ${MOST_IDS} ids`);
  if (ids.some((id) => !/^\d+$/.test(id))) throw badRequest('Validation failed: ids: must be numbers');
  return ids;
};

/** Those that ids name, looked up one by one as there may be thousands of others; null: all. */
const rowsWith = (table: ReadonlyMap<string, Row>, ids: readonly string[] | null): readonly Row[] =>
  ids === null
    ? [...table.values()]
    : [...new Set(ids)].flatMap((id) => {
        const row = table.get(id);
        return row === undefined ? [] : [row];
      });

const list = (kind: Kind, call: ApiCall) => {
  const { account, by, query } = call;
  onlyKnown(query, [...COMMON, ...kind.filters]);
  const rows = rowsWith(account.tables[kind.object], idsOf(query)).filter((row) =>
    maySee(account, by.userId, row),
  );
  const archivedToo = kind.object !== 'deal' ? rows : rows.filter((row) => row.is_archived === false);
  const found = updatedSince(equalling(archivedToo, query, kind.filters), query);
  const sorted = ordered(found, query.sort_by ?? 'id', query.sort_direction === 'desc');
  return pageByCursor(
    sorted.map((row) => shown(kind, call, row)),
    query,
  );
};

const endpointsOf = (kind: Kind): readonly Endpoint[] => [
  {
    version: 'v2',
    method: 'GET',
    path: kind.path,
    scopes: kind.read,
    cost: 'list',
    run: (call) => list(kind, call),
  },
  {
    version: 'v2',
    method: 'GET',
    path: `${kind.path}/{id}`,
    scopes: kind.read,
    cost: 'single',
    run: (call) => ok(shown(kind, call, visible(kind, call))),
  },
  {
    version: 'v2',
    method: 'POST',
    path: kind.path,
    scopes: kind.write,
    cost: 'write',
    run: ({ account, by, body }) => created(insert(account, kind.object, parsed(kind.create, body), by)),
  },
  {
    version: 'v2',
    method: 'PATCH',
    path: `${kind.path}/{id}`,
    scopes: kind.write,
    cost: 'write',
    run: (call) => {
      const { id } = visible(kind, call);
      return ok(update(call.account, kind.object, id, parsed(kind.change, call.body), call.by));
    },
  },
  {
    version: 'v2',
    method: 'DELETE',
    path: `${kind.path}/{id}`,
    scopes: kind.write,
    cost: 'delete',
    run: (call) => {
      const { id } = visible(kind, call);
      removeRow(call.account, kind.object, id, call.by);
      return ok({ id });
    },
  },
];

export const V2_RECORDS: readonly Endpoint[] = KINDS.flatMap(endpointsOf);
