import type { Fields } from '../routing/policy/schema.ts';
import type { LeadFile } from './lane-session.ts';
import type { PersonKey } from './ports.ts';
import type { GivenFields, LeadPerson } from './types.ts';

/** A phone number by its digits; null: too few to know anybody by. As the index on snapshots writes them. */
const digitsOf = (phone: string | null | undefined): string | null => {
  const digits = (phone ?? '').replace(/[^0-9+]/g, '');
  return digits.length < 6 ? null : digits;
};

/** By what a person is known: their address, and their number only where there is no address. */
export const personKey = (person: Partial<LeadPerson> | null): PersonKey => {
  const email = person?.email?.trim().toLowerCase() || null;
  return { email, phone: email === null ? digitsOf(person?.phone) : null };
};

export const isKnowable = ({ email, phone }: PersonKey): boolean => email !== null || phone !== null;

/** Whether a lead is about the person. */
export const isAbout = ({ snapshot }: Pick<LeadFile, 'snapshot'>, { email, phone }: PersonKey): boolean => {
  if (email !== null) return snapshot.person?.email?.trim().toLowerCase() === email;
  return phone !== null && digitsOf(snapshot.person?.phone) === phone;
};

/** Who a caller says the lead is; an address or number given only as a declared field of that type counts as well. */
export const personGiven = (
  person: Partial<LeadPerson> | undefined,
  given: GivenFields | undefined,
  fields: Fields,
): Partial<LeadPerson> => {
  const ofType = (type: 'email' | 'phone'): string | null => {
    const name = Object.keys(given ?? {}).find((one) => fields[one]?.type === type);
    const value = name === undefined ? null : given?.[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const email = person?.email?.trim() || ofType('email');
  const phone = person?.phone?.trim() || ofType('phone');
  return { ...person, ...(email !== null && { email }), ...(phone !== null && { phone }) };
};
