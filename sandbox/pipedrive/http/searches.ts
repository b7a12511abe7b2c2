import { maySee } from '../account.ts';
import { badRequest } from '../errors.ts';
import type { Row } from '../types.ts';
import { CUSTOM_KEY } from '../writes/schemas.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import { onlyKnown, pageByCursor } from './paging.ts';

const KNOWN = ['term', 'fields', 'exact_match', 'limit', 'cursor', 'organization_id', 'person_id'];

interface Search {
  readonly object: 'person' | 'organization' | 'lead';
  readonly path: string;
  /** Texts of a row by the name searches call them. */
  readonly texts: Readonly<Record<string, (row: Row, call: ApiCall) => readonly string[]>>;
  readonly item: (row: Row, call: ApiCall) => unknown;
}

const values = (channels: unknown): readonly string[] =>
  (channels as { value: string }[]).map(({ value }) => value);

const named = (call: ApiCall, object: 'person' | 'organization', id: unknown) => {
  const found = call.account.tables[object].get(String(id));
  return found ? { id: found.id, name: found.name } : null;
};

const customOf = (row: Row): readonly string[] => {
  const own = Object.entries(row).filter(([key]) => CUSTOM_KEY.test(key));
  return [...own, ...Object.entries((row.custom_fields as object | undefined) ?? {})].map(([, value]) =>
    String(value),
  );
};

const SEARCHES: readonly Search[] = [
  {
    object: 'person',
    path: '/persons/search',
    texts: {
      name: (row) => [String(row.name)],
      email: (row) => values(row.emails),
      phone: (row) => values(row.phones),
      custom_fields: customOf,
      notes: () => [],
    },
    item: (row, call) => ({
      id: row.id,
      type: 'person',
      name: row.name,
      phones: values(row.phones),
      emails: values(row.emails),
      primary_email: values(row.emails)[0] ?? null,
      visible_to: row.visible_to,
      owner: { id: row.owner_id },
      organization: named(call, 'organization', row.org_id),
      custom_fields: customOf(row),
      notes: [],
      update_time: row.update_time,
    }),
  },
  {
    object: 'organization',
    path: '/organizations/search',
    texts: { name: (row) => [String(row.name)], custom_fields: customOf, address: () => [], notes: () => [] },
    item: (row) => ({
      id: row.id,
      type: 'organization',
      name: row.name,
      address: (row.address as { value?: string } | null)?.value ?? null,
      visible_to: row.visible_to,
      owner: { id: row.owner_id },
      custom_fields: customOf(row),
      notes: [],
    }),
  },
  {
    object: 'lead',
    path: '/leads/search',
    texts: { title: (row) => [String(row.title)], custom_fields: customOf, notes: () => [] },
    item: (row, call) => ({
      id: row.id,
      type: 'lead',
      title: row.title,
      owner: { id: row.owner_id },
      person: named(call, 'person', row.person_id),
      organization: named(call, 'organization', row.organization_id),
      phones: [],
      emails: [],
      custom_fields: customOf(row),
      notes: [],
      value: (row.value as { amount: number } | null)?.amount ?? null,
      currency: (row.value as { currency: string } | null)?.currency ?? null,
      visible_to: Number(row.visible_to),
      is_archived: row.is_archived,
    }),
  },
];

const run = (search: Search, call: ApiCall) => {
  const { account, by, query } = call;
  onlyKnown(query, KNOWN);
  const term = (query.term ?? '').toLowerCase();
  const exact = query.exact_match === 'true' || query.exact_match === '1';
  if (term.length < (exact ? 1 : 2)) throw badRequest('Validation failed: term: is too short');
  const fields = query.fields?.split(',') ?? Object.keys(search.texts);
  const unknown = fields.find((name) => search.texts[name] === undefined);
  if (unknown !== undefined) throw badRequest(`Validation failed: fields: unknown field ${unknown}`);
  const matches = (row: Row) =>
    fields
      .flatMap((name) => search.texts[name]!(row, call))
      .map((text) => text.toLowerCase())
      .some((text) => (exact ? text === term : text.includes(term)));
  const rows = [...account.tables[search.object].values()]
    .filter((row) => maySee(account, by.userId, row) && matches(row))
    .filter((row) => query.person_id === undefined || String(row.person_id) === query.person_id);
  return pageByCursor(
    rows.map((row) => ({ result_score: exact ? 1 : 0.5, item: search.item(row, call) })),
    query,
    (items) => ({ items }),
  );
};

export const SEARCH_ENDPOINTS: readonly Endpoint[] = SEARCHES.map((search) => ({
  version: 'v2',
  method: 'GET',
  path: search.path,
  scopes: ['search:read'],
  cost: 'search',
  run: (call) => run(search, call),
}));
