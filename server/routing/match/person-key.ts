import type { EarlierLead } from '../lead.ts';
import type { PersonKeyKind } from '../policy/duplicates.ts';

/** By what a person is known: their address, or their number. In the form that stored leads are looked up by. */
export interface PersonKey {
  /** Lower case. */
  readonly email: string | null;
  readonly phone: string | null;
}

/** What is known of a person, as written. */
export interface GivenPerson {
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

const emailOf = (email: string | null | undefined): string | null => email?.trim().toLowerCase() || null;

/** A phone number by its digits; null: too few to know anybody by. As the index on snapshots writes them. */
const digitsOf = (phone: string | null | undefined): string | null => {
  const digits = (phone ?? '').replace(/[^0-9+]/g, '');
  return digits.length < 6 ? null : digits;
};

/** By what a person is known: their address, and their number only where there is no address. */
export const personKey = (person: GivenPerson | null): PersonKey => {
  const email = emailOf(person?.email);
  return { email, phone: email === null ? digitsOf(person?.phone) : null };
};

export const isKnowable = ({ email, phone }: PersonKey): boolean => email !== null || phone !== null;

/** Whether somebody is known by the key. */
export const isKnownBy = (person: GivenPerson | null, { email, phone }: PersonKey): boolean =>
  email !== null ? emailOf(person?.email) === email : phone !== null && digitsOf(person?.phone) === phone;

/** What an earlier lead is looked for by, one key for each kind: the strongest first. */
export const earlierKeys = (
  person: GivenPerson | null,
  by: readonly PersonKeyKind[],
): readonly (PersonKey & { readonly code: EarlierLead['code'] })[] => {
  const email = by.includes('email') ? emailOf(person?.email) : null;
  const phone = by.includes('phone') ? digitsOf(person?.phone) : null;
  return [
    ...(email === null ? [] : [{ code: 'EMAIL_EXACT' as const, email, phone: null }]),
    ...(phone === null ? [] : [{ code: 'PHONE_EXACT' as const, email: null, phone }]),
  ];
};
