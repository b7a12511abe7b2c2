import type { BatchReader } from '../gather-reads.ts';
import type { Addresses } from './addresses.ts';
import { type CallDynamics, VENDOR } from './client.ts';
import { READ_LIMIT } from './facts.ts';
import { isGuid } from './ids.ts';
import { ANNOTATED, isIn, queryRows } from './query.ts';
import { factsOf, propertiesToRead, toSnapshot } from './to-snapshot.ts';

/** Reads Dataverse's records, a hundred in one call. Qualified and merged leads stay there and say what they are. */
export const createDynamicsReader = (call: CallDynamics, addresses: Addresses): BatchReader => ({
  vendor: 'dynamics',
  name: VENDOR,
  batchLimit: READ_LIMIT,
  read: async (connection, wanted) => {
    const objectType = wanted[0]?.ref.objectType ?? '';
    const { entitySet, primaryId } = factsOf(objectType);
    const properties = propertiesToRead(
      objectType,
      wanted.map(({ sources }) => sources),
    );
    // One id that is none would have the whole query refused.
    const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))].filter(isGuid);
    const rows =
      ids.length === 0
        ? []
        : await queryRows(call, connection, {
            path: entitySet,
            query: { $select: properties.join(','), $filter: isIn(primaryId, ids) },
            prefer: ANNOTATED,
            purpose: 'read',
          });
    const byId = new Map(rows.map((row) => [String(row[primaryId]).toLowerCase(), row]));
    const url = addresses.environment(connection);
    return wanted.map(({ ref, sources }) => toSnapshot(ref, byId.get(ref.recordId) ?? null, sources, url));
  },
});
