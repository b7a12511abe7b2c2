import { removeRow, rowOf } from '../rows.ts';
import { parsed } from '../writes/check.ts';
import { insert } from '../writes/insert.ts';
import { newNote, noteChange } from '../writes/schemas.ts';
import { update } from '../writes/update.ts';
import { created, type Endpoint, ok } from './endpoint.ts';
import { equalling, onlyKnown, ordered, pageByStart, updatedSince } from './paging.ts';

const SCOPES = ['leads:full', 'deals:full', 'contacts:full'];
const READ = [...SCOPES, 'leads:read', 'deals:read', 'contacts:read'];
const FILTERS = ['user_id', 'lead_id', 'deal_id', 'person_id', 'org_id'];
const PINS = [
  'pinned_to_lead_flag',
  'pinned_to_deal_flag',
  'pinned_to_person_flag',
  'pinned_to_organization_flag',
];

export const NOTES: readonly Endpoint[] = [
  {
    version: 'v1',
    method: 'GET',
    path: '/notes',
    scopes: READ,
    cost: 'list',
    run: ({ account, query }) => {
      onlyKnown(query, ['start', 'limit', 'sort', 'updated_since', ...FILTERS, ...PINS]);
      const rows = updatedSince(equalling([...account.tables.note.values()], query, FILTERS), query);
      const pinned = rows.filter((row) =>
        PINS.every((name) => query[name] === undefined || row[name] === (query[name] === '1')),
      );
      return pageByStart(ordered(pinned, 'id', false), query);
    },
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/notes/{id}',
    scopes: READ,
    cost: 'single',
    run: ({ account, params }) => ok(rowOf(account, 'note', params.id ?? '')),
  },
  {
    version: 'v1',
    method: 'POST',
    path: '/notes',
    scopes: SCOPES,
    cost: 'write',
    run: ({ account, by, body }) => created(insert(account, 'note', parsed(newNote, body), by)),
  },
  {
    version: 'v1',
    method: 'PUT',
    path: '/notes/{id}',
    scopes: SCOPES,
    cost: 'write',
    run: ({ account, by, params, body }) =>
      ok(
        update(
          account,
          'note',
          params.id ?? '',
          { ...parsed(noteChange, body), last_update_user_id: by.userId },
          by,
        ),
      ),
  },
  {
    version: 'v1',
    method: 'DELETE',
    path: '/notes/{id}',
    scopes: SCOPES,
    cost: 'delete',
    run: ({ account, by, params }) => {
      removeRow(account, 'note', params.id ?? '', by);
      return ok(true);
    },
  },
];
