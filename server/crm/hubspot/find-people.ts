import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { LeadPerson } from '../../assignments/types.ts';
import { askable } from '../askable.ts';
import type { CallHubspot } from './client.ts';
import { CHANGED_PROPERTY, CONTACT, PHONE_SEARCH, SEARCH_PAGE } from './facts.ts';
import { readObjects } from './read-objects.ts';
import { searchRecords } from './search-records.ts';
import type { CrmObject } from './shapes.ts';

type Person = Pick<LeadPerson, 'email' | 'phone'>;

interface Ways {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
}

/**
 * The contact that stands for each person: by e-mail, a further address of a contact included, and by phone where there
 * is no e-mail, as colleagues share numbers. One call for a hundred addresses; a search for those it does not have,
 * and one for phone numbers. In order; null: none.
 */
export const findContacts = async (
  given: readonly Person[],
  ways: Ways,
): Promise<readonly (string | null)[]> => {
  const people = given.map(askable);
  const emails = [...new Set(people.flatMap(({ email }) => email?.trim().toLowerCase() || []))];
  const byEmail = await findByEmail(emails, ways);
  const phones = people.flatMap(({ email, phone }) => (email || !phone ? [] : phone));
  const byPhone = await findByPhone(phones, ways);
  return people.map(({ email, phone }) =>
    email
      ? (byEmail.get(email.trim().toLowerCase()) ?? null)
      : (digitsOf(phone ?? '')
          .map((digits) => byPhone.get(digits))
          .find(Boolean) ?? null),
  );
};

const findByEmail = async (
  emails: readonly string[],
  { call, connection }: Ways,
): Promise<ReadonlyMap<string, string>> => {
  const found = await readObjects(call, connection, 'contact', emails, [CONTACT.email], {
    purpose: 'read',
    idProperty: CONTACT.email,
  });
  const known = new Map(
    [...found.values()].map(({ id, properties }) => [lower(properties[CONTACT.email]), id]),
  );
  const missing = emails.filter((email) => !known.has(email));
  for (const { id, properties } of await searchOtherEmails(missing, { call, connection }))
    for (const email of (properties[CONTACT.otherEmails] ?? '').split(';')) known.set(lower(email), id);
  return known;
};

/** Finds contacts whose only further address is one of these; one of several is told when the contact is to be made. */
const searchOtherEmails = async (
  emails: readonly string[],
  { call, connection }: Ways,
): Promise<readonly CrmObject[]> => {
  if (emails.length === 0) return [];
  const { results } = await searchRecords(call, connection, 'contact', {
    filters: [{ propertyName: CONTACT.otherEmails, operator: 'IN', values: emails }],
    properties: [CONTACT.otherEmails],
    limit: SEARCH_PAGE,
    purpose: 'read',
  });
  return results;
};

/** By digits. The contact that was changed last, where several share a number. */
const findByPhone = async (
  phones: readonly string[],
  { call, connection }: Ways,
): Promise<ReadonlyMap<string, string>> => {
  const wanted = [...new Set(phones.flatMap(digitsOf))];
  const known = new Map<string, string>();
  for (const property of wanted.length === 0 ? [] : Object.values(PHONE_SEARCH)) {
    const { results } = await searchRecords(call, connection, 'contact', {
      filters: [{ propertyName: property, operator: 'IN', values: wanted }],
      sort: { propertyName: CHANGED_PROPERTY.contact, direction: 'DESCENDING' },
      properties: [property],
      limit: SEARCH_PAGE,
      purpose: 'read',
    });
    for (const { id, properties } of results) {
      const digits = properties[property] ?? '';
      if (!known.has(digits)) known.set(digits, id);
    }
  }
  return known;
};

/** A number as the index may hold it: without the country's code, else all of its digits. */
const digitsOf = (phone: string): readonly string[] => {
  const digits = phone.replace(/\D/g, '');
  const national = parsePhoneNumberFromString(`+${digits}`)?.nationalNumber;
  return [...new Set([national ?? '', digits])].filter((text) => text.length >= 6);
};

const lower = (text: string | null | undefined): string => (text ?? '').trim().toLowerCase();
