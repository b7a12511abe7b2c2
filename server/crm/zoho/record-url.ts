import type { RecordRef } from '../../assignments/types.ts';
import type { Addresses } from './addresses.ts';
import type { Org } from './client.ts';
import { factsOf } from './to-snapshot.ts';

/** Where a record opens for people. */
export const recordUrl = (addresses: Addresses, org: Org, { objectType, recordId }: RecordRef): string =>
  `${addresses.site(org)}/crm/org${org.externalId}/tab/${factsOf(objectType).module}/${recordId}`;
