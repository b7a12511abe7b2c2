import type { ConnectionInfo } from '../../../assignments/ports.ts';
import type { LeadPerson, RecordRef } from '../../../assignments/types.ts';
import { askable } from '../../askable.ts';
import { eachOf } from '../../call/each-of.ts';
import type { CallPipedrive } from '../client.ts';
import { PATHS } from '../facts.ts';
import { readBody } from '../failures.ts';
import { readPages } from '../pages.ts';
import { type PipedriveRecord, searchReply } from '../shapes.ts';

type Known = Pick<LeadPerson, 'email' | 'phone'>;

/** How the looks of an entry are made. */
export interface EntryLooks {
  readonly call: CallPipedrive;
  readonly connection: ConnectionInfo;
  readonly until?: number;
}

/** Persons with that e-mail address, and else that phone number, oldest first. Twenty tokens a search. */
export const findPersons = async (known: Known, looks: EntryLooks): Promise<readonly string[]> => {
  const { email, phone } = askable(known);
  const byEmail = email === null ? [] : await search(PATHS.searchPersons, 'email', email, looks);
  if (byEmail.length > 0 || phone === null) return byEmail;
  return search(PATHS.searchPersons, 'phone', phone, looks);
};

/** Ids of what has exactly this text in that field. Throws AppError. */
export const search = async (
  path: string,
  field: string,
  term: string,
  { call, connection, until }: EntryLooks,
): Promise<readonly string[]> => {
  const reply = await call(connection, {
    method: 'GET',
    path,
    query: { term, fields: field, exact_match: 'true', limit: '10' },
    search: true,
    purpose: 'delivery',
    ...(until !== undefined && { until }),
  });
  const ids = readBody(searchReply, reply).data.items.map(({ item }) => String(item.id));
  return ids.sort((one, other) => Number(one) - Number(other));
};

/** Open leads of a person, newest first. */
export const leadsOf = async (
  personId: string,
  { call, connection, until }: EntryLooks,
): Promise<readonly PipedriveRecord[]> =>
  readPages(call, connection, {
    path: PATHS.leads,
    query: { person_id: personId, sort: 'add_time DESC' },
    purpose: 'delivery',
    ...(until !== undefined && { until }),
    mostPages: 1,
  });

/** Searches of people under way at once. */
const AT_ONCE = 2;

/** The newest open lead of whoever has that e-mail address, or that phone number; null: none. In order. */
export const findLeads = (
  people: readonly Known[],
  looks: EntryLooks,
): Promise<readonly (RecordRef | null)[]> =>
  eachOf(people, AT_ONCE, async (person) => {
    for (const id of await findPersons(person, looks)) {
      const [newest] = await leadsOf(id, looks);
      if (newest !== undefined)
        return { connectionId: looks.connection.id, objectType: 'lead', recordId: String(newest.id) };
    }
    return null;
  });
