import type { Row } from '../../zoho/types.ts';
import type { DeskField } from '../desk-crm.ts';

/** Statuses of a new org. */
const STATUSES = [
  'Not Contacted',
  'Attempted to Contact',
  'Contacted',
  'Pre-Qualified',
  'Junk Lead',
  'Lost Lead',
  'Not Qualified',
] as const;

/** What people edit. */
const FIELDS: readonly Omit<DeskField, 'value'>[] = [
  { name: 'First_Name', label: 'First name', kind: 'text' },
  { name: 'Last_Name', label: 'Last name', kind: 'text', required: true },
  { name: 'Company', label: 'Company', kind: 'text' },
  { name: 'Email', label: 'Email', kind: 'email' },
  { name: 'Phone', label: 'Phone', kind: 'tel' },
  { name: 'Country', label: 'Country', kind: 'text' },
  { name: 'State', label: 'State', kind: 'text' },
  { name: 'No_of_Employees', label: 'Employees', kind: 'number' },
  { name: 'Language', label: 'Language', kind: 'text' },
  {
    name: 'Lead_Status',
    label: 'Status',
    kind: 'choice',
    options: STATUSES.map((one) => [one, one] as const),
  },
  { name: 'Description', label: 'Message', kind: 'long' },
];

/** The form of a lead, filled in with its values; of a new one with none. */
export const leadFields = (lead: Row | null): readonly DeskField[] =>
  FIELDS.map((field) => ({ ...field, value: String(lead?.[field.name] ?? '') }));

/** The labels and values that are there, without those the page's title says. */
export const leadFacts = (lead: Row): readonly (readonly [label: string, value: string])[] =>
  FIELDS.filter(({ name }) => !['First_Name', 'Last_Name', 'Description'].includes(name) && lead[name]).map(
    ({ name, label }) => [label, String(lead[name])],
  );

/** A form's values as the module takes them: only fields people edit, numbers as numbers, nothing as null. */
export const leadValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    FIELDS.filter(({ name }) => values[name] !== undefined).map(({ name, kind }) => {
      const text = values[name] ?? '';
      return [name, text === '' ? null : kind === 'number' ? Number(text) : text];
    }),
  );
