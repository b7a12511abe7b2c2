import type { Fields } from '../routing/policy/schema.ts';
import type { GivenFields, LeadPerson } from './types.ts';

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
