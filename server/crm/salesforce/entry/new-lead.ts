import type { LeadPerson } from '../../../assignments/types.ts';
import { cutText } from '../../../routing/render/cut-text.ts';
import type { NewRecord } from '../../connector.ts';
import { parseSource } from '../../sources.ts';
import { PLACEHOLDER } from '../facts.ts';
import type { Writable } from '../packaged.ts';
import { reasonValues } from '../reason-values.ts';

/**
 * A lead's fields as they are written: what was declared, else what is known of the person. A field that the org does
 * not have, or does not let us write, is left out: the lead is worth more than the field. Texts end where the field does.
 */
export const newLead = (
  { person, values, ownerId, decision }: NewRecord,
  writable: Writable,
): Readonly<Record<string, unknown>> => {
  const declared = Object.entries(values).flatMap(([source, value]) => {
    const parsed = parseSource(source);
    return parsed?.objectType === 'lead' && value !== '' ? [[parsed.property, value] as const] : [];
  });
  const known = { ...personValues(person), ...Object.fromEntries(declared), ...reasonValues(decision) };
  const fitting = Object.entries(known).flatMap(([name, value]) => {
    const field = writable.get(name);
    return field?.createable && value !== null ? [[name, cut(value, field.length)] as const] : [];
  });
  return { ...Object.fromEntries(fitting), ...(ownerId !== null && { OwnerId: ownerId }) };
};

const cut = (value: string, length: number): string => (length > 0 ? cutText(value, length) : value);

/** Salesforce requires a last name and a company. */
const personValues = ({ name, company, email, phone, source, message }: LeadPerson) => {
  const words = name?.trim().split(/\s+/) ?? [];
  return {
    FirstName: words.slice(0, -1).join(' ') || null,
    LastName: words.at(-1) || PLACEHOLDER,
    Company: company || PLACEHOLDER,
    Email: email,
    Phone: phone,
    LeadSource: source,
    Description: message,
  };
};
