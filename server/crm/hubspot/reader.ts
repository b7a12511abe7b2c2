import type { BatchReader } from '../gather-reads.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { readBatch } from './read-batch.ts';
import type { Stages } from './stages.ts';

/** Reads HubSpot's records, a hundred at once. */
export const createHubspotReader = (call: CallHubspot, stages: Stages, appUrl: string): BatchReader => ({
  vendor: 'hubspot',
  name: 'HubSpot',
  batchLimit: BATCH_LIMIT,
  read: (connection, wanted) =>
    readBatch({ call, stages, place: { appUrl, portalId: connection.externalId } }, connection, wanted),
});
