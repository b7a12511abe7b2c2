import type { Account } from '../../pipedrive/account.ts';
import type { PipedriveSandbox } from '../../pipedrive/create-pipedrive.ts';
import { PipedriveError } from '../../pipedrive/errors.ts';
import type { Row } from '../../pipedrive/types.ts';
import {
  type DeskCrm,
  type DeskEntry,
  type DeskRecord,
  type DeskRow,
  LIST_LENGTH,
  type ListQuery,
} from '../desk-crm.ts';
import { grouped, person, plainText, routedBy } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { leadFields, reasonOf, textsOf, valuesOf, viewOf } from './lead-view.ts';

const nameOf = ({ tables }: Account, id: unknown): string => String(tables.user.get(String(id))?.name ?? id);
const owner = (account: Account, id: unknown): Markup => person(nameOf(account, id));

/** Pipedrive writes `2026-01-01 10:20:00` on notes, and ISO 8601 elsewhere. */
const momentOf = (text: unknown): number => Date.parse(String(text).replace(/^(\S+) (\S+)$/, '$1T$2Z'));

const open = ({ tables }: Account): Row[] =>
  [...tables.lead.values()].filter(({ is_archived: archived }) => archived !== true);

const matches = (account: Account, lead: Row, { q, owner: wanted }: ListQuery): boolean => {
  if (wanted !== '' && String(lead.owner_id) !== wanted) return false;
  const texts = Object.values(textsOf(viewOf(account, lead)));
  return texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));
};

const toldOf = (account: Account, lead: Row) => {
  const reason = reasonOf(account, lead);
  const fact = (label: string) => reason?.facts.find(([name]) => name === label)?.[1] ?? null;
  return {
    rule: fact('Rule') as string | null,
    pool: fact('Pool') as string | null,
    reason: reason?.text ?? null,
  };
};

const rowOf = (account: Account, lead: Row): DeskRow => {
  const { title, email, name, company, employees, country } = textsOf(viewOf(account, lead));
  const cells = [name, company, grouped(employees), country];
  return {
    id: String(lead.id),
    name: title,
    detail: email,
    cells: [...cells, owner(account, lead.owner_id), routedBy(toldOf(account, lead))],
    createdAt: momentOf(lead.add_time),
  };
};

const activityOf = (pipedrive: PipedriveSandbox, account: Account, lead: Row): readonly DeskEntry[] => [
  { at: momentOf(lead.add_time), icon: '✦', body: html`<p>Created: ${String(lead.source_name)}</p>` },
  ...pipedrive.journal.of(lead.id).map(({ at, ownerId, by }) => ({
    at,
    icon: '●',
    body: html`<p>Owner changed to ${owner(account, ownerId)}</p><p class="by">${by.via === 'api' ? 'through the API' : `by ${nameOf(account, by.userId)}`}</p>`,
  })),
  ...(['note', 'activity'] as const).flatMap((object) =>
    [...account.tables[object].values()]
      .filter((row) => row.lead_id === lead.id)
      .map((row) => ({
        // Notes know whole seconds: none is older than the lead.
        at: Math.max(momentOf(row.add_time), momentOf(lead.add_time) + 1),
        icon: object === 'activity' ? '☑' : '✎',
        body: html`<p>${String(row.subject ?? 'Note')}</p><p class="prose" dir="auto">${plainText(String(row.note ?? row.content ?? ''))}</p>`,
      })),
  ),
];

const recordOf = (pipedrive: PipedriveSandbox, account: Account, lead: Row): DeskRecord => {
  const view = viewOf(account, lead);
  const { title, name, email, phone, company, employees, country } = textsOf(view);
  const facts = [
    ['Person', name],
    ['Email', email],
    ['Phone', phone],
    ['Organization', company],
    ['Employees', employees],
    ['Country', country],
  ] as const;
  return {
    id: String(lead.id),
    name: title,
    subtitle: [name, company].filter(Boolean).join(', '),
    notice: lead.is_archived === true ? 'This lead is archived.' : null,
    ownerId: String(lead.owner_id),
    givable: true,
    facts: facts.filter(([, value]) => value !== ''),
    fields: leadFields(view),
    message: null,
    reason: reasonOf(account, lead),
    activity: activityOf(pipedrive, account, lead),
    actions: [
      { name: 'convert', label: 'Convert to a deal', quiet: true },
      { name: 'archive', label: 'Archive', quiet: true },
      { name: 'remove', label: 'Delete', danger: true },
    ],
    cardUrl: null,
  };
};

/** The leads of the Pipedrive company in the desk. `arrive`: a visitor becomes one; its id. */
export const pipedriveDesk = (pipedrive: PipedriveSandbox, arrive: () => string): DeskCrm => {
  const userWith = (email: string): Row | undefined =>
    [...pipedrive.account().tables.user.values()].find((user) => user.email === email);
  /** As whom the person acts: the user with their e-mail, else an admin. */
  const as = (by: string): { readonly by?: string } => (userWith(by) ? { by } : {});
  const updateAll = (id: string, form: Readonly<Record<string, string>>, by: string): void => {
    const { lead, person: own, organization } = valuesOf(form);
    const { person_id: personId, organization_id: orgId } = pipedrive.record({ id });
    pipedrive.update({ id, values: lead, ...as(by) });
    if (typeof personId === 'number')
      pipedrive.update({ objectType: 'person', id: personId, values: own, ...as(by) });
    if (typeof orgId === 'number')
      pipedrive.update({ objectType: 'organization', id: orgId, values: organization, ...as(by) });
  };
  return {
    slug: 'pipedrive',
    title: 'Pipedrive leads',
    noun: 'lead',
    present: () => pipedrive.accounts().length > 0,
    columns: ['Person', 'Organization', 'Employees', 'Country', 'Owner', 'Routed by'],
    list: (query) => {
      const account = pipedrive.account();
      const found = open(account)
        .reverse()
        .filter((lead) => matches(account, lead, query));
      return {
        rows: found.slice(0, LIST_LENGTH).map((lead) => rowOf(account, lead)),
        total: open(account).length,
      };
    },
    owners: () =>
      [...pipedrive.account().tables.user.values()]
        .filter((user) => user.active_flag === true)
        .map((user) => ({ id: String(user.id), name: String(user.name) })),
    ownerless: false,
    record: (id) => {
      const lead = pipedrive.account().tables.lead.get(id);
      return lead ? recordOf(pipedrive, pipedrive.account(), lead) : null;
    },
    newFields: () => leadFields(null),
    create: (form, by) => {
      const { lead, person: own, organization } = valuesOf(form);
      const values = { ...lead, person: own, ...('name' in organization && { organization }) };
      return String(pipedrive.create({ values, ...as(by) }).id);
    },
    update: updateAll,
    changeOwner: (id, ownerId, by) => pipedrive.changeOwner({ id, ownerId, ...as(by) }),
    listActions: [],
    act: (action, ids, by) => {
      for (const id of ids) {
        if (action === 'convert') pipedrive.convert({ id, ...as(by) });
        if (action === 'archive') pipedrive.update({ id, values: { is_archived: true }, ...as(by) });
        if (action === 'remove') pipedrive.remove({ id, ...as(by) });
      }
      return null;
    },
    arrive,
    problemOf: (error) => (error instanceof PipedriveError ? error.message : null),
    personNamed: (email) => {
      const user = userWith(email);
      return user ? String(user.name) : null;
    },
    onChange: (listener) =>
      pipedrive.onChange((_account, { object, id }) => {
        if (object === 'lead') listener([String(id)]);
      }),
  };
};
