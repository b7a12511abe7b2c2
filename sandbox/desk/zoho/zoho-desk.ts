import type { ZohoSandbox } from '../../zoho/create-zoho.ts';
import { ZohoError } from '../../zoho/errors.ts';
import { fullName, type Org, tableOf, userNamed } from '../../zoho/org.ts';
import type { Lookup, Row } from '../../zoho/types.ts';
import {
  type DeskCrm,
  type DeskEntry,
  type DeskRecord,
  type DeskRow,
  LIST_LENGTH,
  type ListQuery,
} from '../desk-crm.ts';
import { badge, grouped, moment, person, routedBy } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { leadFacts, leadFields, leadValues } from './lead-form.ts';

const momentOf = (text: unknown): number => Date.parse(String(text));
const ownerIdOf = (lead: Row): string => (lead.Owner as Lookup).id;

const ownerBadge = (org: Org, id: string): Markup => {
  const user = org.users.get(id);
  return person(user ? fullName(user) : id);
};

const told = (lead: Row) => {
  const text = (name: string): string | null => (lead[name] ? String(lead[name]) : null);
  return { rule: text('Fairlead_Rule'), pool: text('Fairlead_Pool'), reason: text('Fairlead_Reason') };
};

const matches = (lead: Row, { q, owner }: ListQuery): boolean => {
  if (owner !== '' && ownerIdOf(lead) !== owner) return false;
  const wanted = q.toLowerCase();
  return [lead.Full_Name, lead.Email, lead.Company].some((text) =>
    String(text ?? '')
      .toLowerCase()
      .includes(wanted),
  );
};

const rowOf = (org: Org, lead: Row): DeskRow => ({
  id: lead.id,
  name: String(lead.Full_Name),
  detail: String(lead.Email ?? ''),
  cells: [
    String(lead.Company ?? ''),
    grouped(String(lead.No_of_Employees ?? '')),
    String(lead.Country ?? ''),
    lead.Lead_Status ? badge(String(lead.Lead_Status)) : '',
    ownerBadge(org, ownerIdOf(lead)),
    routedBy(told(lead)),
  ],
  createdAt: momentOf(lead.Created_Time),
});

/** What happened: owners, tasks, notes, calls. */
const activityOf = (org: Org, lead: Row): readonly DeskEntry[] => [
  { at: momentOf(lead.Created_Time), icon: '✦', body: html`<p>Created</p>` },
  ...org.ownerChanges
    .filter(({ recordId }) => recordId === lead.id)
    .map(({ ownerId, at, via }) => ({
      at,
      icon: '●',
      body: html`<p>Owner changed to ${ownerBadge(org, ownerId)}</p><p class="by">${via === 'api' ? 'through the API' : via === 'automation' ? 'by a rule of the org' : 'by hand'}</p>`,
    })),
  ...['Tasks', 'Notes'].flatMap((module) =>
    [...tableOf(org, module).values()]
      .filter((row) => ((row.What_Id ?? row.Parent_Id) as Lookup | null | undefined)?.id === lead.id)
      .map((row) => ({
        at: momentOf(row.Created_Time),
        icon: module === 'Tasks' ? '☑' : '✎',
        body: html`<p>${String(row.Subject ?? row.Note_Title ?? '')}</p><p class="prose" dir="auto">${String(row.Description ?? row.Note_Content ?? '')}</p>`,
      })),
  ),
  ...org.timeline
    .filter(({ recordId }) => recordId === lead.id)
    .map(({ at, name, by }) => ({
      at,
      icon: '☎',
      body: html`<p>${name}</p><p class="by">by ${ownerBadge(org, by)}</p>`,
    })),
];

const recordOf = (org: Org, lead: Row): DeskRecord => {
  const open = lead.Converted__s !== true;
  const { rule, pool, reason } = told(lead);
  return {
    id: lead.id,
    name: String(lead.Full_Name),
    subtitle: String(lead.Company ?? ''),
    notice: open ? null : 'This lead was converted: it can no longer be changed.',
    ownerId: ownerIdOf(lead),
    givable: open,
    facts: leadFacts(lead),
    fields: open ? leadFields(lead) : [],
    message: lead.Description ? String(lead.Description) : null,
    reason: lead.Fairlead_Decision
      ? {
          text: reason ?? '',
          decision: String(lead.Fairlead_Decision),
          facts: [
            ['Rule', rule],
            ['Pool', pool],
            ['Decided', lead.Fairlead_Decided_At ? moment(momentOf(lead.Fairlead_Decided_At)) : null],
          ],
        }
      : null,
    activity: activityOf(org, lead),
    actions: open
      ? [
          { name: 'call', label: 'Log a call' },
          { name: 'convert', label: 'Convert', quiet: true },
          { name: 'remove', label: 'Delete', danger: true },
        ]
      : [],
    cardUrl: null,
  };
};

/** The leads of the Zoho org in the desk. `arrive`: a visitor becomes one; its id. */
export const zohoDesk = (zoho: ZohoSandbox, arrive: () => string): DeskCrm => {
  /** As whom the person acts: the user with their e-mail, else the website. */
  const as = (by: string): { readonly by?: string } => {
    const user = userNamed(zoho.org(), by);
    return user ? { by: user.id } : {};
  };
  const leads = (): Row[] => [...tableOf(zoho.org(), 'Leads').values()];
  return {
    slug: 'zoho',
    title: 'Zoho CRM leads',
    noun: 'lead',
    present: () => zoho.orgs().length > 0,
    columns: ['Company', 'Employees', 'Country', 'Status', 'Owner', 'Routed by'],
    list: (query) => {
      const found = leads()
        .reverse()
        .filter((lead) => matches(lead, query));
      return {
        rows: found.slice(0, LIST_LENGTH).map((lead) => rowOf(zoho.org(), lead)),
        total: leads().length,
      };
    },
    owners: () =>
      [...zoho.org().users.values()]
        .filter(({ status }) => status === 'active')
        .map((user) => ({ id: user.id, name: fullName(user) })),
    ownerless: false,
    record: (id) => {
      const lead = tableOf(zoho.org(), 'Leads').get(id);
      return lead ? recordOf(zoho.org(), lead) : null;
    },
    newFields: () => leadFields(null),
    create: (values, by) => zoho.create({ values: leadValues(values), ...as(by) }).id,
    update: (id, values, by) => zoho.update({ id, values: leadValues(values), ...as(by) }),
    changeOwner: (id, ownerId, by) => zoho.changeOwner({ id, ownerId, ...as(by) }),
    listActions: [],
    act: (action, ids, by) => {
      for (const id of ids) {
        if (action === 'convert') zoho.convert({ id, ...as(by) });
        if (action === 'remove') zoho.remove({ id, ...as(by) });
        if (action === 'call') zoho.recordActivity({ id, kind: 'call', ...as(by) });
      }
      return null;
    },
    arrive,
    problemOf: (error) => (error instanceof ZohoError ? error.message : null),
    personNamed: (email) => {
      const user = userNamed(zoho.org(), email);
      return user ? fullName(user) : null;
    },
    onChange: (listener) =>
      zoho.onChange((_org, changes) =>
        listener(changes.flatMap(({ module, id }) => (module === 'Leads' ? [id] : []))),
      ),
  };
};
