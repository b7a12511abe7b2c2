import type { LeadPerson } from '../assignments/types.ts';

/** Where each part of `LeadPerson` is read, the first that has a value; the parts of a name are joined. */
export type PersonFields = Readonly<Record<keyof Omit<LeadPerson, 'url' | 'notes'>, readonly string[]>>;

/** Who a record is about. `read`: a field's text, or null; `url`: where the record opens for people. */
export const toPerson = (
  fields: PersonFields,
  read: (field: string) => string | null,
  url: string,
): LeadPerson => {
  const texts = (part: keyof PersonFields) => fields[part].map(read).filter((text) => text !== null);
  const first = (part: keyof PersonFields) => texts(part)[0] ?? null;
  return {
    name: texts('name').join(' ') || null,
    company: first('company'),
    email: first('email'),
    phone: first('phone'),
    source: first('source'),
    message: first('message'),
    url,
  };
};
