import type { BatchReader } from '../gather-reads.ts';
import { toLongId } from '../long-id.ts';
import type { Addresses } from './addresses.ts';
import { type CallSalesforce, VENDOR } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { objectTypeOf } from './ids.ts';
import { listed, queryRows } from './query.ts';
import { factsOf, fieldsToRead, toSnapshot } from './to-snapshot.ts';
import type { ReadVisible } from './visible-fields.ts';

/**
 * Reads Salesforce's records, two hundred in one call: a query that sees the recycle bin too, so that it also says
 * where a deleted or merged record went.
 */
export const createSalesforceReader = (
  call: CallSalesforce,
  addresses: Addresses,
  readVisible: ReadVisible,
): BatchReader => ({
  vendor: 'salesforce',
  name: VENDOR,
  batchLimit: BATCH_LIMIT,
  read: async (connection, wanted) => {
    const objectType = wanted[0]?.ref.objectType ?? '';
    const fields = fieldsToRead(
      objectType,
      wanted.map(({ sources }) => sources),
    );
    const { api } = factsOf(objectType);
    // One id that is none would have the whole query refused.
    const ids = [...new Set(wanted.map(({ ref }) => ref.recordId))].filter(
      (id) => toLongId(id) === id && objectTypeOf(id) === objectType,
    );
    const rows =
      ids.length === 0
        ? []
        : await readVisible(connection, api, fields, (visible) =>
            queryRows(call, connection, {
              soql: `SELECT ${visible.join(', ')} FROM ${api} WHERE Id IN ${listed(ids)}`,
              purpose: 'read',
              all: true,
            }),
          );
    const byId = new Map(rows.map((row) => [row.Id, row]));
    const url = addresses.instance(connection);
    return wanted.map(({ ref, sources }) => toSnapshot(ref, byId.get(ref.recordId) ?? null, sources, url));
  },
});
