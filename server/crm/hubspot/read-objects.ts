import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT, PATHS } from './facts.ts';
import { saysNotThere } from './failures.ts';
import type { Purpose } from './limits.ts';
import { batchReply, type CrmObject, readBody } from './shapes.ts';

interface ReadOptions {
  readonly purpose: Purpose;
  readonly until?: number;
  /** `ids` are values of this unique property. */
  readonly idProperty?: string;
  /** What lies in the recycling bin, instead of what is there. */
  readonly archived?: boolean;
}

/** Objects of one type by id; what HubSpot does not have is not among them. Throws AppError `crm_read_failed`. */
export const readObjects = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
  ids: readonly string[],
  properties: readonly string[],
  { idProperty, archived, ...options }: ReadOptions = { purpose: 'read' },
): Promise<ReadonlyMap<string, CrmObject>> => {
  const found = new Map<string, CrmObject>();
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += BATCH_LIMIT) {
    const inputs = unique.slice(from, from + BATCH_LIMIT).map((id) => ({ id }));
    const reply = await call(connection, {
      method: 'POST',
      path: PATHS.batchRead(objectType),
      body: {
        inputs,
        properties,
        propertiesWithHistory: [],
        ...(idProperty !== undefined && { idProperty }),
      },
      ...(archived && { query: { archived: 'true' } }),
      ...options,
    });
    // Of ids that are all unknown some versions make a 404 of the whole call.
    const results = saysNotThere(reply) ? [] : readBody(batchReply, reply).results;
    for (const record of results) found.set(record.id, record);
  }
  return found;
};
