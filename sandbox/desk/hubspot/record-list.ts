import { associated } from '../../hubspot/associations.ts';
import type { ObjectTypeName } from '../../hubspot/object-types.ts';
import type { Portal } from '../../hubspot/portal.ts';
import type { StoredRecord } from '../../hubspot/types.ts';
import { type Cell, LIST_LENGTH, type ListQuery } from '../desk-crm.ts';
import { avatar, grouped, moment, NOTHING, options, routedBy } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { ownerCell, ownerName, recordName, stageBadge } from './format.ts';

/** The types the desk has lists of. */
export const DESK_TYPES = ['contacts', 'companies', 'deals'] as const;
export type DeskType = (typeof DESK_TYPES)[number];

type Column = readonly [label: string, cell: (portal: Portal, record: StoredRecord) => Cell];

const companyOf = (portal: Portal, type: ObjectTypeName, record: StoredRecord): StoredRecord | undefined => {
  const first = associated(portal, type, record.id, 'companies')[0];
  return first && portal.records.companies.get(first.id);
};

const reasonCell = (_portal: Portal, { properties }: StoredRecord): Markup =>
  routedBy({
    rule: properties.fairlead_rule ?? null,
    pool: properties.fairlead_pool ?? null,
    reason: properties.fairlead_reason ?? null,
  });

const employees = (portal: Portal, record: StoredRecord): string =>
  grouped(companyOf(portal, 'contacts', record)?.properties.numberofemployees);

const companyCell = (portal: Portal, record: StoredRecord): Cell => {
  const company = companyOf(portal, 'contacts', record);
  return company
    ? html`<a href="/desk/companies/${company.id}" dir="auto">${recordName('companies', company)}</a>`
    : (record.properties.company ?? NOTHING);
};

const COLUMNS: Readonly<Record<DeskType, readonly Column[]>> = {
  contacts: [
    ['Company', companyCell],
    ['Employees', employees],
    ['Country', (_portal, { properties }) => properties.country ?? NOTHING],
    ['Stage', (_portal, { properties }) => stageBadge(properties.lifecyclestage)],
    ['Owner', (portal, { properties }) => ownerCell(portal, properties.hubspot_owner_id)],
    ['Routed by', reasonCell],
  ],
  companies: [
    ['Domain', (_portal, { properties }) => properties.domain ?? ''],
    ['Industry', (_portal, { properties }) => properties.industry ?? ''],
    ['Country', (_portal, { properties }) => properties.country ?? ''],
    ['Employees', (_portal, { properties }) => grouped(properties.numberofemployees)],
    ['Owner', (portal, { properties }) => ownerCell(portal, properties.hubspot_owner_id)],
  ],
  deals: [
    ['Amount', (_portal, { properties }) => (properties.amount ? `$${grouped(properties.amount)}` : '')],
    ['Stage', (_portal, { properties }) => stageBadge(properties.dealstage)],
    ['Owner', (portal, { properties }) => ownerCell(portal, properties.hubspot_owner_id)],
  ],
};

const matches = (type: DeskType, record: StoredRecord, { q, owner }: ListQuery): boolean => {
  if (record.archivedAt !== null) return false;
  const held = record.properties.hubspot_owner_id ?? '';
  if (owner !== '' && (owner === 'none' ? held !== '' : held !== owner)) return false;
  if (q === '') return true;
  const { email, company, domain } = record.properties;
  return [recordName(type, record), email, company, domain].some((text) =>
    text?.toLowerCase().includes(q.toLowerCase()),
  );
};

/** Records newest first; maps keep the order of creation. */
const newest = (portal: Portal, type: DeskType, query: ListQuery): readonly StoredRecord[] => {
  const found: StoredRecord[] = [];
  for (const record of [...portal.records[type].values()].reverse()) {
    if (matches(type, record, query)) found.push(record);
    if (found.length === LIST_LENGTH) break;
  }
  return found;
};

const row = (portal: Portal, type: DeskType, record: StoredRecord): Markup => {
  const name = recordName(type, record);
  return html`<tr id="row-${record.id}">
    <th scope="row"><a class="person" href="/desk/${type}/${record.id}">${avatar(name)}<span class="two"><span dir="auto">${name}</span>${
      type === 'contacts' ? html`<small>${record.properties.email ?? ''}</small>` : ''
    }</span></a></th>
    ${COLUMNS[type].map(([label, cell]) => html`<td data-label="${label}">${cell(portal, record)}</td>`)}
    <td data-label="Created" class="when">${moment(record.createdAt)}</td>
  </tr>`;
};

const ownerOptions = (portal: Portal, selected: string): readonly Markup[] => {
  const owners = [...portal.owners.values()].filter((one) => !one.archived);
  const named = owners.map((one) => [one.id, ownerName(one)] as const);
  return options([['', 'All owners'], ['none', 'No owner'], ...named], selected);
};

const TITLES: Readonly<Record<DeskType, string>> = {
  contacts: 'Contacts',
  companies: 'Companies',
  deals: 'Deals',
};

/** The list of one type: what stands inside `main`. */
export const recordList = (portal: Portal, type: DeskType, query: ListQuery): Markup => {
  const records = newest(portal, type, query);
  const total = [...portal.records[type].values()].filter((record) => record.archivedAt === null).length;
  return html`<div class="head">
    <h1>${TITLES[type]} <span class="count">${total.toLocaleString('en-US')}</span></h1>
    <form class="filters" role="search">
      <label class="hidden" for="q">Search</label>
      <input id="q" name="q" type="search" placeholder="Search names, e-mail, company" value="${query.q}" data-search>
      <label class="hidden" for="owner">Owner</label>
      <select id="owner" name="owner" data-autosubmit>${ownerOptions(portal, query.owner)}</select>
      <noscript><button class="quiet">Filter</button></noscript>
    </form>
  </div>
  ${
    records.length === 0
      ? html`<div class="empty"><p><strong>Nothing here yet.</strong></p><p>${
          query.q || query.owner
            ? 'No record matches. Clear the search or choose another owner.'
            : 'Records appear here as they are made.'
        }</p><a class="button" href="/desk/new">New lead</a></div>`
      : html`<div class="card flush"><table>
    <thead><tr><th scope="col">Name</th>${COLUMNS[type].map(([label]) => html`<th scope="col">${label}</th>`)}<th scope="col">Created</th></tr></thead>
    <tbody data-rows>${records.map((record) => row(portal, type, record))}</tbody>
  </table></div>${total > records.length ? html`<p class="more">The newest ${records.length} of ${total.toLocaleString('en-US')} are shown.</p>` : ''}`
  }`;
};
