import type { BatchReader } from '../gather-reads.ts';
import type { Addresses } from './addresses.ts';
import type { CallZoho } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { VENDOR } from './failures.ts';
import { readRecords } from './read-records.ts';
import { recordUrl } from './record-url.ts';
import { factsOf, fieldsToRead, toSnapshot } from './to-snapshot.ts';

/** Reads Zoho's records, a hundred in one call. A merged record is simply no more: nothing says where it went. */
export const createZohoReader = (call: CallZoho, addresses: Addresses): BatchReader => ({
  vendor: 'zoho',
  name: VENDOR,
  batchLimit: BATCH_LIMIT,
  read: async (connection, wanted) => {
    const objectType = wanted[0]?.ref.objectType ?? '';
    const found = await readRecords(call, connection, {
      module: factsOf(objectType).module,
      ids: wanted.map(({ ref }) => ref.recordId),
      fields: fieldsToRead(
        objectType,
        wanted.map(({ sources }) => sources),
      ),
      purpose: 'read',
    });
    return wanted.map(({ ref, sources }) =>
      toSnapshot(ref, found.get(ref.recordId) ?? null, sources, recordUrl(addresses, connection, ref)),
    );
  },
});
