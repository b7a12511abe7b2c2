import type { LeadPerson } from '../assignments/types.ts';

type Known = Pick<LeadPerson, 'email' | 'phone'>;

/** The most characters of an address (RFC 5321) and of a number with all that people write beside it. */
const LONGEST = { email: 254, phone: 50 } as const;
const EMAIL = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;
const PHONE = /^[^\p{Cc}]+$/u;

/**
 * By what a CRM can be asked for a person. What no field for addresses or numbers holds, whatever a form was filled in
 * with, is not asked for: one such value would have the question for everybody else refused.
 */
export const askable = ({ email, phone }: Known): Known => ({
  email: ifIs(EMAIL, email?.trim(), LONGEST.email),
  phone: ifIs(PHONE, phone?.trim(), LONGEST.phone),
});

const ifIs = (shape: RegExp, text: string | undefined, most: number): string | null =>
  text !== undefined && text.length <= most && shape.test(text) ? text : null;
