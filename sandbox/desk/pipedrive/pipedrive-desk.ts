import type { Account } from '../../pipedrive/account.ts';
import type { PipedriveSandbox } from '../../pipedrive/create-pipedrive.ts';
import { PipedriveError } from '../../pipedrive/errors.ts';
import type { Row } from '../../pipedrive/types.ts';
import type { DeskCrm, DeskEntry, DeskRecord, DeskRow, ListQuery } from '../desk-crm.ts';
import { ownerEntry, textEntry } from '../entries.ts';
import { grouped, person, plainText, routedBy } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { factsOf, formOf } from '../lead-fields.ts';
import { mentions, newestOf } from '../lead-list.ts';
import { reasonOf } from '../told.ts';
import { LEAD_FIELDS, textsOf, valuesOf, viewOf, writtenIn } from './lead-view.ts';

const nameOf = ({ tables }: Account, id: unknown): string => String(tables.user.get(String(id))?.name ?? id);
const owner = (account: Account, id: unknown): Markup => person(nameOf(account, id));

/** Pipedrive writes `2026-01-01 10:20:00` on notes, and ISO 8601 elsewhere. */
const momentOf = (text: unknown): number => Date.parse(String(text).replace(/^(\S+) (\S+)$/, '$1T$2Z'));

const open = ({ tables }: Account): Row[] =>
  [...tables.lead.values()].filter(({ is_archived: archived }) => archived !== true);

const matches = (account: Account, lead: Row, { q, owner: wanted }: ListQuery): boolean =>
  (wanted === '' || String(lead.owner_id) === wanted) &&
  mentions(q, Object.values(textsOf(viewOf(account, lead))));

const rowOf = (account: Account, lead: Row): DeskRow => {
  const { title, email, name, company, employees, country } = textsOf(viewOf(account, lead));
  const cells = [name, company, grouped(employees), country];
  return {
    id: String(lead.id),
    name: title,
    detail: email,
    cells: [...cells, owner(account, lead.owner_id), routedBy(writtenIn(account, lead))],
    createdAt: momentOf(lead.add_time),
  };
};

const activityOf = (pipedrive: PipedriveSandbox, account: Account, lead: Row): readonly DeskEntry[] => [
  { at: momentOf(lead.add_time), icon: '✦', body: html`<p>Created: ${String(lead.source_name)}</p>` },
  ...pipedrive.journal
    .of(lead.id)
    .map(({ at, ownerId, by }) =>
      ownerEntry(
        at,
        owner(account, ownerId),
        by.via === 'api' ? html`through the API` : html`by ${nameOf(account, by.userId)}`,
      ),
    ),
  ...(['note', 'activity'] as const).flatMap((object) =>
    [...account.tables[object].values()]
      .filter((row) => row.lead_id === lead.id)
      .map((row) =>
        textEntry(
          // Notes know whole seconds: none is older than the lead.
          Math.max(momentOf(row.add_time), momentOf(lead.add_time) + 1),
          object === 'activity' ? '☑' : '✎',
          row.subject ?? 'Note',
          plainText(String(row.note ?? row.content ?? '')),
        ),
      ),
  ),
];

const recordOf = (pipedrive: PipedriveSandbox, account: Account, lead: Row): DeskRecord => {
  const texts = textsOf(viewOf(account, lead));
  const { title, name, company } = texts;
  return {
    id: String(lead.id),
    name: title,
    subtitle: [name, company].filter(Boolean).join(', '),
    notice: lead.is_archived === true ? 'This lead is archived.' : null,
    ownerId: String(lead.owner_id),
    givable: true,
    facts: factsOf(LEAD_FIELDS, texts, ['title']),
    fields: formOf(LEAD_FIELDS, texts),
    message: null,
    reason: reasonOf(writtenIn(account, lead)),
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
      return newestOf(
        open(account),
        (lead) => matches(account, lead, query),
        (lead) => rowOf(account, lead),
      );
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
    newFields: () => formOf(LEAD_FIELDS, null),
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
