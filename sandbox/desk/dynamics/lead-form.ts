import { lead as LEAD } from '../../dynamics/schema/lead.ts';
import type { LeadFields } from '../lead-fields.ts';

/** The choices of a column, as a select offers them. */
const choicesOf = (name: string): readonly (readonly [string, string])[] => [
  ['', ''],
  ...Object.entries(LEAD.columns.get(name)?.labels ?? {}),
];

/** What people edit of a lead in Dynamics. Choices are numbers with labels. */
export const LEAD_FIELDS: LeadFields = [
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
