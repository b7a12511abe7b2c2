import type { ConnectionInfo } from '../../assignments/ports.ts';
import { nextLook } from '../read-by-time.ts';
import type { CallHubspot } from './client.ts';
import { CHANGED_PROPERTY, ID_PROPERTY, MERGED_PROPERTY, SEARCH_PAGE } from './facts.ts';
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
/** Pages of one look; the rest is for the next. */
const MOST_PAGES = 50;

/** Where the first look at a type begins: what was there before is no news. */
export const firstMark = (now: number): TypeMark => ({ at: now - OVERLAP_MS });

/**
 * Records of a type that were made or changed since a mark, oldest change first. One call per 200 records: each page is a
 * search of its own from where the one before ended, as pages that are counted move when a record is changed between two.
 */
export const searchChanged = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: SearchedType,
  { since, now }: { readonly since: TypeMark; readonly now: number },
): Promise<Changed> => {
  const property = CHANGED_PROPERTY[objectType];
  const found = new Map<string, CrmObject>();
  let mark: TypeMark | null = since;
  for (let page = 0; page < MOST_PAGES && mark !== null; page++) {
    const { results, paging } = await searchRecords(call, connection, objectType, {
      ...from(property, mark),
      properties: [property, MERGED_PROPERTY],
      limit: SEARCH_PAGE,
    });
    for (const record of results) {
      found.delete(record.id);
      found.set(record.id, record);
    }
    mark = after(mark, results.at(-1), { property, more: paging?.next !== undefined });
  }
  const records = [...found.values()];
  const last = Date.parse(records.at(-1)?.properties[property] ?? '');
  const next = mark ?? { at: nextLook(since.at, last, { now, overlapMs: OVERLAP_MS }) };
  return { records, next };
};

const from = (property: string, { at, after }: TypeMark): Pick<Search, 'filters' | 'sort'> =>
  after === undefined
    ? {
        filters: [{ propertyName: property, operator: 'GTE', value: String(at) }],
        sort: { propertyName: property, direction: 'ASCENDING' },
      }
    : {
        filters: [
          { propertyName: property, operator: 'EQ', value: String(at) },
          { propertyName: ID_PROPERTY, operator: 'GT', value: after },
        ],
        sort: { propertyName: ID_PROPERTY, direction: 'ASCENDING' },
      };

/** Where the search after a page begins; null: there is no more. */
const after = (
  mark: TypeMark,
  last: CrmObject | undefined,
  { property, more }: { readonly property: string; readonly more: boolean },
): TypeMark | null => {
  if (mark.after !== undefined)
    return more && last !== undefined ? { at: mark.at, after: last.id } : { at: mark.at + 1 };
  if (!more) return null;
  const at = Date.parse(last?.properties[property] ?? '');
  // More than a page within one millisecond: from here on by id, which no two share.
  return at > mark.at ? { at } : { at: mark.at, after: '0' };
};
