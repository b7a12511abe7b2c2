import { CONVERSIONS } from './conversions.ts';
import type { Endpoint } from './endpoint.ts';
import { FIELDS } from './fields.ts';
import { LEADS } from './leads.ts';
import { MERGES } from './merges.ts';
import { NOTES } from './notes.ts';
import { SEARCH_ENDPOINTS } from './searches.ts';
import { USERS } from './users.ts';
import { V2_RECORDS } from './v2-records.ts';
import { WEBHOOKS } from './webhooks.ts';

/** Every operation there is. What is not split between the versions as Pipedrive splits it is not here. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...LEADS,
  ...USERS,
  ...FIELDS,
  ...NOTES,
  ...WEBHOOKS,
  ...MERGES,
  ...SEARCH_ENDPOINTS,
  ...CONVERSIONS,
  ...V2_RECORDS,
];
