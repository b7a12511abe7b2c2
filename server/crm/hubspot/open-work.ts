import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { CallHubspot } from './client.ts';
import { OPEN_STAGES, OWNER_PROPERTY } from './facts.ts';
import { searchRecords } from './search-records.ts';

/**
 * How many contacts each owner has to work on: those they own in a stage between lead and opportunity. One search per
 * owner, within the four a second we allow ourselves; meant for connecting and for the night. Counted from the search
 * index, so some seconds old. Throws AppError `crm_read_failed`.
 */
export const countOpenWork = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  ownerIds: readonly string[],
): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const ownerId of ownerIds) {
    const { total } = await searchRecords(call, connection, 'contact', {
      filters: [
        { propertyName: OWNER_PROPERTY, operator: 'EQ', value: ownerId },
        { propertyName: OPEN_STAGES.property, operator: 'IN', values: OPEN_STAGES.values },
      ],
      properties: [],
      limit: 1,
    });
    counts[ownerId] = total;
  }
  return counts;
};
