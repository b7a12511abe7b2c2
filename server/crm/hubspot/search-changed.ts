import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { CHANGED_PROPERTY, ID_PROPERTY, MERGED_PROPERTY, SEARCH_PAGE, SEARCH_REACH } from './facts.ts';
import type { TypeMark } from './look-cursor.ts';
import { type Search, searchRecords } from './search-records.ts';
import type { CrmObject } from './shapes.ts';

export type SearchedType = keyof typeof CHANGED_PROPERTY;

/** What a search found, and where the next one begins. */
export interface Changed {
  readonly records: readonly CrmObject[];
  readonly next: TypeMark;
}

/** Looked at again each time: the search index shows a change some seconds late. */
const OVERLAP_MS = 120_000;

/** Where the first look at a type begins: what was there before is no news. */
export const firstMark = (now: number): TypeMark => ({ at: now - OVERLAP_MS });

/**
 * Records of a type that were made or changed since a mark, oldest change first, as far as one search reaches. One call
 * per 200 records. The next one begins a little before `now`, as the index lags, or where this one could reach no further.
 */
export const searchChanged = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: SearchedType,
  { since, now }: { readonly since: TypeMark; readonly now: number },
): Promise<Changed> => {
  const property = CHANGED_PROPERTY[objectType];
  const pages = (search: Pick<Search, 'filters' | 'sort'>) =>
    readPages(call, connection, objectType, { ...search, properties: [property, MERGED_PROPERTY] });
  if (since.after !== undefined) return withinInstant(since.at, await pages(idsAfter(property, since)));
  const { records, more } = await pages({
    filters: [{ propertyName: property, operator: 'GTE', value: String(since.at) }],
    sort: { propertyName: property, direction: 'ASCENDING' },
  });
  if (!more) return { records, next: { at: Math.max(since.at, now - OVERLAP_MS) } };
  const last = Date.parse(records.at(-1)?.properties[property] ?? '');
  // Beyond a search's reach within one millisecond: from here on by id, which no two share.
  const next = last > since.at ? { at: last } : { at: since.at, after: '0' };
  return { records, next };
};

const idsAfter = (property: string, { at, after }: TypeMark): Pick<Search, 'filters' | 'sort'> => ({
  filters: [
    { propertyName: property, operator: 'EQ', value: String(at) },
    { propertyName: ID_PROPERTY, operator: 'GT', value: after ?? '0' },
  ],
  sort: { propertyName: ID_PROPERTY, direction: 'ASCENDING' },
});

const withinInstant = (at: number, { records, more }: Pages): Changed => {
  const last = records.at(-1)?.id;
  return { records, next: more && last !== undefined ? { at, after: last } : { at: at + 1 } };
};

interface Pages {
  readonly records: readonly CrmObject[];
  readonly more: boolean;
}

const readPages = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  search: Omit<Search, 'limit' | 'after'>,
): Promise<Pages> => {
  const records: CrmObject[] = [];
  let after: string | undefined;
  do {
    const page = await searchRecords(call, connection, objectType, {
      ...search,
      limit: SEARCH_PAGE,
      ...(after !== undefined && { after }),
    });
    records.push(...page.results);
    after = page.paging?.next?.after;
  } while (after !== undefined && records.length < SEARCH_REACH);
  return { records, more: after !== undefined };
};
