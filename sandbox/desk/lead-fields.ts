import type { DeskField } from './desk-crm.ts';

/** What people edit of a lead, whatever it holds. */
export type LeadFields = readonly Omit<DeskField, 'value'>[];

type Values = Readonly<Record<string, unknown>>;

/** The form of a lead with its values; of a new one with none. */
export const formOf = (fields: LeadFields, values: Values | null): readonly DeskField[] =>
  fields.map((field) => ({ ...field, value: String(values?.[field.name] ?? '') }));

/** The labels and values that are there, without those that stand elsewhere on the page. */
export const factsOf = (
  fields: LeadFields,
  values: Values,
  elsewhere: readonly string[],
): readonly (readonly [label: string, value: string])[] =>
  fields
    .filter(({ name }) => !elsewhere.includes(name) && values[name])
    .map(({ name, label, options = [] }) => {
      const value = String(values[name]);
      return [label, options.find(([one]) => one === value)?.[1] ?? value];
    });

/** A form's values as an API takes them: only fields people edit, nothing as null. `isNumber`: those sent as numbers. */
export const valuesOf = (
  fields: LeadFields,
  form: Readonly<Record<string, string>>,
  isNumber: (field: LeadFields[number]) => boolean = ({ kind }) => kind === 'number',
): Values =>
  Object.fromEntries(
    fields
      .filter(({ name }) => form[name] !== undefined)
      .map((field) => {
        const text = form[field.name] ?? '';
        return [field.name, text === '' ? null : isNumber(field) ? Number(text) : text];
      }),
  );
