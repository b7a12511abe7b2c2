import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { Clock } from '../../base/clock.ts';
import type { CallPipedrive } from './client.ts';
import { PATHS } from './facts.ts';
import { readPages } from './pages.ts';
import { readOne } from './read-many.ts';

/** A person's leads cost twenty tokens to ask for. Milliseconds. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 5_000;

/** The lead a deal was, or the newest open one of a person, remembered for a while; null: none. Throws AppError. */
export const createLeadBehind = (call: CallPipedrive, clock: Clock) => {
  const known = new Map<string, { readonly lead: RecordRef | null; readonly until: number }>();
  return async (connection: ConnectionInfo, record: RecordRef): Promise<RecordRef | null> => {
    const key = `${record.connectionId} ${record.objectType} ${record.recordId}`;
    const remembered = known.get(key);
    if (remembered !== undefined && clock.now() < remembered.until) return remembered.lead;
    const id = await findLead(call, connection, record);
    const lead = id === null ? null : { connectionId: connection.id, objectType: 'lead', recordId: id };
    if (known.size > MOST_KEPT) known.clear();
    known.set(key, { lead, until: clock.now() + KEPT_MS });
    return lead;
  };
};

const findLead = async (
  call: CallPipedrive,
  connection: ConnectionInfo,
  { objectType, recordId }: RecordRef,
): Promise<string | null> => {
  const purpose = 'background';
  if (objectType === 'deal') {
    const deal = await readOne(connection, 'deal', recordId, { call, purpose });
    return typeof deal?.source_lead_id === 'string' ? deal.source_lead_id : null;
  }
  const query = { person_id: recordId, sort: 'add_time DESC' };
  const [newest] = await readPages(call, connection, { path: PATHS.leads, query, purpose, mostPages: 1 });
  return newest === undefined ? null : String(newest.id);
};
