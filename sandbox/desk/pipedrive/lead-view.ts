import type { Account } from '../../pipedrive/account.ts';
import type { Row } from '../../pipedrive/types.ts';
import { plainText } from '../format.ts';
import type { LeadFields } from '../lead-fields.ts';
import { type Told, toldOf } from '../told.ts';

/** A lead with whom and what it is about. */
export interface LeadView {
  readonly lead: Row;
  readonly person: Row | null;
  readonly organization: Row | null;
}

export const viewOf = ({ tables }: Account, lead: Row): LeadView => ({
  lead,
  person: tables.person.get(String(lead.person_id)) ?? null,
  organization: tables.organization.get(String(lead.organization_id)) ?? null,
});

const first = (channels: unknown): string =>
  ((channels as { value: string }[] | undefined) ?? []).map(({ value }) => value)[0] ?? '';

/** The texts people look for. */
export const textsOf = ({ lead, person, organization }: LeadView) => ({
  title: String(lead.title),
  name: String(person?.name ?? ''),
  email: first(person?.emails),
  phone: first(person?.phones),
  company: String(organization?.name ?? ''),
  employees: String(organization?.employee_count ?? ''),
  country: String((organization?.address as { country?: string } | null | undefined)?.country ?? ''),
});

/** What people edit of a lead in Pipedrive. */
export const LEAD_FIELDS: LeadFields = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  { name: 'name', label: 'Person', kind: 'text', required: true },
  { name: 'email', label: 'Email', kind: 'email' },
  { name: 'phone', label: 'Phone', kind: 'tel' },
  { name: 'company', label: 'Organization', kind: 'text' },
  { name: 'employees', label: 'Employees', kind: 'number' },
  { name: 'country', label: 'Country', kind: 'text' },
];

type Form = Readonly<Record<string, string>>;

const filled = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A form's values by the record each is on, as the API takes them. */
export const valuesOf = (form: Form) => ({
  lead: filled({ title: form.title || undefined }),
  person: filled({
    name: form.name || undefined,
    emails: form.email ? [{ value: form.email }] : undefined,
    phones: form.phone ? [{ value: form.phone }] : undefined,
  }),
  organization: filled({
    name: form.company || undefined,
    employee_count: form.employees ? Number(form.employees) : undefined,
    address: form.country ? { value: form.country, country: form.country } : undefined,
  }),
});

/** What Fairlead's pinned note says. */
export const writtenIn = ({ tables }: Account, lead: Row): Told => {
  const note = [...tables.note.values()].find(
    (one) => one.lead_id === lead.id && one.pinned_to_lead_flag === true,
  );
  const parts = String(note?.content ?? '')
    .split('</p>')
    .map(plainText);
  const decision = /decision (dec_\w+)/.exec(parts.join(' '))?.[1];
  if (decision === undefined) return toldOf({});
  const [reason, given = ''] = parts;
  return toldOf({
    decision,
    reason,
    rule: /Rule: ([^.]*)\./.exec(given)?.[1],
    pool: /Pool: ([^.]*)\./.exec(given)?.[1],
  });
};
