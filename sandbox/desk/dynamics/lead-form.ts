import { lead as LEAD } from '../../dynamics/schema/lead.ts';
import type { Row } from '../../dynamics/types.ts';
import type { DeskField } from '../desk-crm.ts';

/** The choices of a column, as a select offers them. */
const choicesOf = (name: string): readonly (readonly [string, string])[] => [
  ['', ''],
  ...Object.entries(LEAD.columns.get(name)?.labels ?? {}),
];

/** What people edit. */
const FIELDS: readonly Omit<DeskField, 'value'>[] = [
  { name: 'subject', label: 'Topic', kind: 'text', required: true },
  { name: 'firstname', label: 'First name', kind: 'text' },
  { name: 'lastname', label: 'Last name', kind: 'text', required: true },
  { name: 'companyname', label: 'Company', kind: 'text' },
  { name: 'emailaddress1', label: 'Email', kind: 'email' },
  { name: 'telephone1', label: 'Phone', kind: 'tel' },
  { name: 'address1_country', label: 'Country', kind: 'text' },
  { name: 'address1_stateorprovince', label: 'State', kind: 'text' },
  { name: 'numberofemployees', label: 'Employees', kind: 'number' },
  { name: 'leadsourcecode', label: 'Source', kind: 'choice', options: choicesOf('leadsourcecode') },
  { name: 'description', label: 'Message', kind: 'long' },
];

/** Columns that hold numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['numberofemployees', 'leadsourcecode']);

/** The form of a lead, filled in with its values; of a new one with none. */
export const leadFields = (lead: Row | null): readonly DeskField[] =>
  FIELDS.map((field) => ({ ...field, value: String(lead?.values[field.name] ?? '') }));

/** The labels and values that are there, without those the page's title says. */
export const leadFacts = ({ values }: Row): readonly (readonly [label: string, value: string])[] =>
  FIELDS.filter(({ name }) => !['firstname', 'lastname', 'description'].includes(name) && values[name]).map(
    ({ name, label }) => [
      label,
      LEAD.columns.get(name)?.labels?.[Number(values[name])] ?? String(values[name]),
    ],
  );

/** A form's values as the Web API takes them: only columns people edit, numbers as numbers, nothing as null. */
export const leadValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    FIELDS.filter(({ name }) => values[name] !== undefined).map(({ name }) => {
      const text = values[name] ?? '';
      return [name, text === '' ? null : NUMBERS.has(name) ? Number(text) : text];
    }),
  );
