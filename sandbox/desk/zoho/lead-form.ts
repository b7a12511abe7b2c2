import type { LeadFields } from '../lead-fields.ts';

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

/** What people edit of a lead in Zoho. */
export const LEAD_FIELDS: LeadFields = [
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
