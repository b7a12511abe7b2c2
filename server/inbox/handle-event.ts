import type { UseCases } from '../assignments/use-cases.ts';
import type { InboxEvent } from './inbox-event.ts';
import type { InboxRow } from './inbox-store.ts';

/** What events are handed to. */
export interface InboxHandlers {
  readonly useCases: Pick<UseCases, 'ownerChangedOutside' | 'recordChanged' | 'recordGone' | 'eraseLead'>;
  /** Imports a connection's people again. */
  readonly importPeople: (tenantId: string, connectionId: string) => Promise<void>;
}

/** Hands one event to its use case. A push is a hint: what is true of the record is read anew there. */
export const handleEvent = async (
  event: InboxEvent,
  from: Pick<InboxRow, 'tenantId' | 'connectionId' | 'gone'>,
  { useCases, importPeople }: InboxHandlers,
): Promise<void> => {
  const { tenantId, connectionId, gone } = from;
  // What happened there meanwhile is found by looking, should the account come back; who is to be forgotten is at once.
  if (gone && event.kind !== 'erase') return;
  if (event.kind === 'people_changed') return importPeople(tenantId, connectionId);
  const record = { connectionId, objectType: event.objectType, recordId: event.recordId };
  switch (event.kind) {
    case 'record_changed':
      return useCases.recordChanged({ tenantId, record, source: 'webhook' });
    case 'owner_changed':
      return useCases.ownerChangedOutside({ tenantId, record, ownerId: event.ownerId, at: event.at });
    case 'record_gone':
      return useCases.recordGone({ tenantId, record, mergedInto: event.mergedInto });
    case 'erase':
      return useCases.eraseLead({ tenantId, record });
    default:
      return event satisfies never;
  }
};
