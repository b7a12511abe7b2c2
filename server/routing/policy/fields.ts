import { z } from 'zod';
import { CRMS, type Crm } from './scalars.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** How a field's values are read and compared. */
export const FIELD_TYPES = [
  'text',
  'choice',
  'list',
  'number',
  'money',
  'boolean',
  'date',
  'datetime',
  'country',
  'email',
  'phone',
  'url',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A declared field. `sources`: where each CRM keeps it (`contact.country`); what that means is the CRM's part. */
export interface Field {
  readonly type: FieldType;
  /** The values a choice or list may have, as written; null: any. */
  readonly of: readonly string[] | null;
  /** What a bare number in a money field is counted in (ISO 4217); null: the value must say. */
  readonly currency: string | null;
  readonly sources: Readonly<Partial<Record<Crm, string>>>;
}

const source = z
  .string()
  .regex(/^[A-Za-z]\w*(\.\w+)+$/, 'write a source as object.property, such as contact.country')
  // Names that every object of JavaScript has: no CRM has such a field.
  .refine(
    (text) => text.split('.').every((part) => !(part in {})),
    'is a reserved word; choose another field',
  );

const word = z.string().trim().min(1, 'is empty; write a value');

/** One entry of `fields:`. */
export const field = strictObject({
  type: oneOf(FIELD_TYPES),
  of: z.array(word).min(1, 'is empty; list the values').optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write an ISO 4217 code such as EUR')
    .optional(),
  hubspot: source.optional(),
  salesforce: source.optional(),
  dynamics: source.optional(),
  zoho: source.optional(),
  pipedrive: source.optional(),
}).transform((given, ctx): Field => {
  const refuse = (key: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: [key], message, input: given });
  if (given.of !== undefined && given.type !== 'choice' && given.type !== 'list')
    refuse('of', `only choice and list take of; this field is ${given.type}`);
  if (given.type === 'choice' && given.of === undefined) refuse('of', 'a choice needs its values; list them');
  if (given.currency !== undefined && given.type !== 'money')
    refuse('currency', `only money takes a currency; this field is ${given.type}`);
  const sources = CRMS.flatMap((crm) => (given[crm] === undefined ? [] : [[crm, given[crm]] as const]));
  return {
    type: given.type,
    of: given.of ?? null,
    currency: given.currency ?? null,
    sources: Object.fromEntries(sources),
  };
});

/** The columns every table of leads may have besides the declared fields. */
const RESERVED = ['id', 'arrived_at'];

const fieldName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'is no field name; use letters, digits and _ (at most 64)')
  .refine((text) => !(text in {}) && !RESERVED.includes(text), 'is a reserved word; choose another name');

/** `fields:`: the only names rules may use. */
export const fields = z.record(fieldName, field);
export type Fields = Readonly<Record<string, Field>>;
