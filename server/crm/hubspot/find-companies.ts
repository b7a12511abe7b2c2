import { ReadFailed } from '../failures.ts';
import type { CreateWays } from './create-objects.ts';
import { COMPANY_DOMAIN, SEARCH_PAGE } from './facts.ts';
import { searchRecords } from './search-records.ts';

/**
 * The company of each domain, by one search. A company that cannot be found, or looked for, keeps no lead from entering.
 */
export const findCompanies = async (
  domains: readonly string[],
  { call, connection, until }: CreateWays,
): Promise<ReadonlyMap<string, string>> => {
  if (domains.length === 0) return new Map();
  try {
    const { results } = await searchRecords(call, connection, 'company', {
      filters: [{ propertyName: COMPANY_DOMAIN, operator: 'IN', values: [...new Set(domains)] }],
      properties: [COMPANY_DOMAIN],
      limit: SEARCH_PAGE,
      purpose: 'delivery',
      until,
    });
    // Of several with one domain the first that was made.
    return new Map(
      results
        .toReversed()
        .map(({ id, properties }) => [(properties[COMPANY_DOMAIN] ?? '').toLowerCase(), id]),
    );
  } catch (error) {
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return new Map();
    throw error;
  }
};
