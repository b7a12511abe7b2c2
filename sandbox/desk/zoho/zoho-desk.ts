import type { ZohoSandbox } from '../../zoho/create-zoho.ts';
import { ZohoError } from '../../zoho/errors.ts';
import { fullName, type Org, tableOf, userNamed } from '../../zoho/org.ts';
import type { Lookup, Row } from '../../zoho/types.ts';
import type { DeskCrm, DeskEntry, DeskRecord, DeskRow, ListQuery } from '../desk-crm.ts';
import { ownerEntry, textEntry } from '../entries.ts';
import { badge, grouped, person, routedBy } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { factsOf, formOf, valuesOf } from '../lead-fields.ts';
import { LEAD_COLUMNS, mentions, newestOf } from '../lead-list.ts';
import { reasonOf, type Told, toldOf } from '../told.ts';
import { LEAD_FIELDS } from './lead-form.ts';

const momentOf = (text: unknown): number => Date.parse(String(text));
const ownerIdOf = (lead: Row): string => (lead.Owner as Lookup).id;

const ownerBadge = (org: Org, id: string): Markup => {
  const user = org.users.get(id);
  return person(user ? fullName(user) : id);
};

const told = (lead: Row): Told =>
  toldOf({
    decision: lead.Fairlead_Decision,
    rule: lead.Fairlead_Rule,
    pool: lead.Fairlead_Pool,
    reason: lead.Fairlead_Reason,
    decidedAt: lead.Fairlead_Decided_At,
  });

const matches = (lead: Row, { q, owner }: ListQuery): boolean =>
  (owner === '' || ownerIdOf(lead) === owner) && mentions(q, [lead.Full_Name, lead.Email, lead.Company]);

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

const BY = { api: 'through the API', automation: 'by a rule of the org', ui: 'by hand', web: 'by hand' };

/** What happened: owners, tasks, notes, calls. */
const activityOf = (org: Org, lead: Row): readonly DeskEntry[] => [
  { at: momentOf(lead.Created_Time), icon: '✦', body: html`<p>Created</p>` },
  ...org.ownerChanges
    .filter(({ recordId }) => recordId === lead.id)
    .map(({ ownerId, at, via }) => ownerEntry(at, ownerBadge(org, ownerId), html`${BY[via]}`)),
  ...['Tasks', 'Notes'].flatMap((module) =>
    [...tableOf(org, module).values()]
      .filter((row) => ((row.What_Id ?? row.Parent_Id) as Lookup | null | undefined)?.id === lead.id)
      .map((row) =>
        textEntry(
          momentOf(row.Created_Time),
          module === 'Tasks' ? '☑' : '✎',
          row.Subject ?? row.Note_Title,
          row.Description ?? row.Note_Content,
        ),
      ),
  ),
  ...org.timeline
    .filter(({ recordId }) => recordId === lead.id)
    .map(({ at, name, by }) => ({
      at,
      icon: '☎',
      body: html`<p>${name}</p><p class="by">by ${ownerBadge(org, by)}</p>`,
    })),
];

const recordOf = (org: Org, lead: Row, cardUrl: string | null): DeskRecord => {
  const open = lead.Converted__s !== true;
  return {
    id: lead.id,
    name: String(lead.Full_Name),
    subtitle: String(lead.Company ?? ''),
    notice: open ? null : 'This lead was converted: it can no longer be changed.',
    ownerId: ownerIdOf(lead),
    givable: open,
    facts: factsOf(LEAD_FIELDS, lead, ['First_Name', 'Last_Name', 'Description']),
    fields: open ? formOf(LEAD_FIELDS, lead) : [],
    message: lead.Description ? String(lead.Description) : null,
    reason: reasonOf(told(lead)),
    activity: activityOf(org, lead),
    actions: open
      ? [
          { name: 'call', label: 'Log a call' },
          { name: 'convert', label: 'Convert', quiet: true },
          { name: 'remove', label: 'Delete', danger: true },
        ]
      : [],
    cardUrl,
  };
};

interface ZohoDeskParts {
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  readonly cardUrl: (id: string, as: string) => string | null;
}

/** The leads of the Zoho org in the desk. */
export const zohoDesk = (zoho: ZohoSandbox, { arrive, cardUrl }: ZohoDeskParts): DeskCrm => {
  /** As whom the person acts: the user with their e-mail, else the website. */
  const as = (by: string): { readonly by?: string } => {
    const user = userNamed(zoho.org(), by);
    return user ? { by: user.id } : {};
  };
  return {
    slug: 'zoho',
    title: 'Zoho CRM leads',
    noun: 'lead',
    present: () => zoho.orgs().length > 0,
    columns: LEAD_COLUMNS,
    list: (query) =>
      newestOf(
        [...tableOf(zoho.org(), 'Leads').values()],
        (lead) => matches(lead, query),
        (lead) => rowOf(zoho.org(), lead),
      ),
    owners: () =>
      [...zoho.org().users.values()]
        .filter(({ status }) => status === 'active')
        .map((user) => ({ id: user.id, name: fullName(user) })),
    ownerless: false,
    record: (id, by) => {
      const lead = tableOf(zoho.org(), 'Leads').get(id);
      return lead ? recordOf(zoho.org(), lead, cardUrl(id, by)) : null;
    },
    newFields: () => formOf(LEAD_FIELDS, null),
    create: (values, by) => zoho.create({ values: valuesOf(LEAD_FIELDS, values), ...as(by) }).id,
    update: (id, values, by) => zoho.update({ id, values: valuesOf(LEAD_FIELDS, values), ...as(by) }),
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
