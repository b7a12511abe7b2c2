import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { PATHS } from './facts.ts';
import type { Purpose } from './limits.ts';
import { readBody, searchReply } from './shapes.ts';

/** One condition of a search; all of them must hold. Values of text properties compare in lower case. */
export type Filter =
  | { readonly propertyName: string; readonly operator: 'EQ' | 'GTE' | 'GT'; readonly value: string }
  | { readonly propertyName: string; readonly operator: 'HAS_PROPERTY' }
  | { readonly propertyName: string; readonly operator: 'IN' | 'NOT_IN'; readonly values: readonly string[] };

export interface Search {
  readonly filters: readonly Filter[];
  /** @unverified SEARCH_SORT As the guide has it; the descriptions of 2026-03 say plain text. */
  readonly sort?: { readonly propertyName: string; readonly direction: 'ASCENDING' | 'DESCENDING' };
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after?: string;
  /** Looks and counts unless said otherwise. */
  readonly purpose?: Purpose;
  readonly until?: number;
}

/**
 * One page of a search. The index lags some seconds behind writes, and an account allows five searches a second over
 * all of its apps: for counting and catching up, never for a decision. Throws AppError `crm_read_failed`.
 */
export const searchRecords = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  search: Search,
) => {
  const body = {
    filterGroups: [{ filters: search.filters }],
    sorts: search.sort ? [search.sort] : [],
    properties: search.properties,
    limit: search.limit,
    ...(search.after !== undefined && { after: search.after }),
  };
  const path = PATHS.search(objectType);
  return readBody(
    searchReply,
    await call(connection, {
      method: 'POST',
      path,
      body,
      search: true,
      purpose: search.purpose ?? 'background',
      ...(search.until !== undefined && { until: search.until }),
    }),
  );
};
