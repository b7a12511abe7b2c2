import { leadDecisions } from '../../salesforce/lead-facts.ts';
import type { Org } from '../../salesforce/org.ts';
import { LEAD, LEAD_STATUSES } from '../../salesforce/schema/lead.ts';
import type { Row } from '../../salesforce/types.ts';
import type { DeskField, DeskRecord } from '../desk-crm.ts';
import { routedBy } from '../format.ts';
import type { Markup } from '../html.ts';
import { reasonOf, type Told, toldOf } from '../told.ts';
import { statusBadge } from './format.ts';

/** What people edit. */
const EDITABLE = [
  'FirstName',
  'LastName',
  'Company',
  'Title',
  'Email',
  'Phone',
  'Country',
  'State',
  'NumberOfEmployees',
  'Language__c',
  'Status',
] as const;

const REQUIRED: readonly string[] = ['LastName', 'Company'];

/** Labels, shorter than Salesforce's where the column is narrow. */
const labelOf = (name: string): string =>
  name === 'NumberOfEmployees' ? 'Employees' : (LEAD.byName.get(name.toLowerCase())?.label ?? name);

const kindOf = (name: string): DeskField['kind'] => {
  if (name === 'Status') return 'choice';
  return name === 'NumberOfEmployees' ? 'number' : 'text';
};

const field = (name: string, value: string): DeskField => ({
  name,
  label: labelOf(name),
  kind: kindOf(name),
  value,
  required: REQUIRED.includes(name),
  ...(name === 'Status' ? { options: LEAD_STATUSES.map((one) => [one, one] as const) } : {}),
});

/** The form of a new lead. */
export const newLeadFields = (): readonly DeskField[] => [
  ...EDITABLE.map((name) => field(name, name === 'Status' ? 'Open - Not Contacted' : '')),
  { name: 'Description', label: 'Message', kind: 'long', value: '' },
];

/** A form's values as the API takes them: only fields people edit, nothing as null. */
export const leadValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => name === 'Description' || EDITABLE.some((known) => known === name),
    ),
  );

const told = (org: Org, lead: Row): Told => {
  const [decision] = leadDecisions(org, lead.Id);
  return toldOf({
    decision: decision?.Decision_Id__c ?? lead.Fairlead_Decision__c,
    rule: decision?.Rule_Name__c ?? lead.Fairlead_Rule__c,
    pool: decision?.Pool_Name__c ?? lead.Fairlead_Pool__c,
    reason: decision?.Reason__c ?? lead.Fairlead_Reason__c,
    outcome: decision?.Outcome__c,
    decidedAt: decision?.Decided_At__c ?? lead.Fairlead_Decided_At__c,
  });
};

/** Which rule and pool a lead was given by. */
export const leadRoutedBy = (org: Org, lead: Row): Markup => routedBy(told(org, lead));

const noticeOf = (lead: Row): string | null => {
  if (lead.IsDeleted) return 'This lead is in the recycle bin.';
  return lead.IsConverted ? 'This lead was converted: it can no longer be changed.' : null;
};

const IN_THE_TITLE: readonly string[] = ['FirstName', 'LastName'];

/** A lead as its page shows it, without what happened to it and its card. */
export const leadFacts = (org: Org, lead: Row): Omit<DeskRecord, 'activity' | 'cardUrl'> => {
  const open = !lead.IsDeleted && !lead.IsConverted;
  const shown = EDITABLE.filter((name) => !IN_THE_TITLE.includes(name) && lead[name]);
  return {
    id: lead.Id,
    name: String(lead.Name),
    subtitle: [lead.Title, lead.Company].filter(Boolean).join(' at '),
    notice: noticeOf(lead),
    ownerId: String(lead.OwnerId),
    givable: open,
    facts: shown.map((name) => [
      labelOf(name),
      name === 'Status' ? statusBadge(lead[name]) : String(lead[name]),
    ]),
    fields: open ? EDITABLE.map((name) => field(name, String(lead[name] ?? ''))) : [],
    message: lead.Description ? String(lead.Description) : null,
    reason: reasonOf(told(org, lead)),
    actions: open
      ? [
          { name: 'ask', label: 'Ask the Flow' },
          { name: 'convert', label: 'Convert', quiet: true },
          { name: 'remove', label: 'Delete', danger: true },
        ]
      : [],
  };
};
