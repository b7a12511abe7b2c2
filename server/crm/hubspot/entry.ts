import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { LeadPerson, RecordRef } from '../../assignments/types.ts';
import type { EntryWays } from '../connector.ts';
import type { CallHubspot } from './client.ts';
import { convertLeads } from './convert-leads.ts';
import { enterRecords } from './enter-leads.ts';
import { BATCH_LIMIT } from './facts.ts';
import { fillEmpty } from './fill-empty.ts';
import { findContacts } from './find-people.ts';
import { findOpenLeads } from './open-leads.ts';
import type { OwnFields } from './reason-fields.ts';
import type { Stages } from './stages.ts';

export interface HubspotEntryParts {
  readonly call: CallHubspot;
  readonly stages: Stages;
  readonly reasonFields: OwnFields;
  readonly keyField: OwnFields;
}

/** How leads enter HubSpot: as contacts, and as leads about them where the account uses HubSpot's leads. */
export const createHubspotEntry = (parts: HubspotEntryParts): EntryWays => ({
  objectType: 'contact',
  batchLimit: BATCH_LIMIT,
  find: (connection, people) => findRecords(connection, people, parts),
  create: (connection, records, until) => enterRecords(records, { ...parts, connection, until }),
  fill: (connection, ref, values, until) => fillEmpty(ref, values, { call: parts.call, connection, until }),
  convert: (connection, leads, until) => convertLeads(leads, { ...parts, connection, until }),
});

/** A person's newest open lead, else their contact. */
const findRecords = async (
  connection: ConnectionInfo,
  people: readonly Pick<LeadPerson, 'email' | 'phone'>[],
  { call, stages }: HubspotEntryParts,
): Promise<readonly (RecordRef | null)[]> => {
  const contacts = await findContacts(people, { call, connection });
  const known = [...new Set(contacts.filter((id) => id !== null))];
  const leadStages = known.length === 0 ? null : await stages.leads(connection);
  const open =
    leadStages === null
      ? new Map<string, string>()
      : await findOpenLeads(known, leadStages, { call, connection, purpose: 'read' });
  return contacts.map((id) => {
    if (id === null) return null;
    const lead = open.get(id);
    return lead === undefined
      ? { connectionId: connection.id, objectType: 'contact', recordId: id }
      : { connectionId: connection.id, objectType: 'lead', recordId: lead };
  });
};
