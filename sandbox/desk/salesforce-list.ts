import { leadDecisions } from '../salesforce/lead-facts.ts';
import { type Org, tableOf } from '../salesforce/org.ts';
import type { Row } from '../salesforce/types.ts';
import { avatar, grouped, moment } from './format.ts';
import { html, type Markup } from './html.ts';
import type { ListQuery } from './record-list.ts';
import { leadOwner, leadOwners, momentOf, statusBadge } from './salesforce-format.ts';

const PAGE = 60;

const matches = (lead: Row, { q, owner }: ListQuery): boolean => {
  if (lead.IsDeleted || (owner !== '' && lead.OwnerId !== owner)) return false;
  const wanted = q.toLowerCase();
  return (
    wanted === '' ||
    [lead.Name, lead.Email, lead.Company].some((text) =>
      String(text ?? '')
        .toLowerCase()
        .includes(wanted),
    )
  );
};

const newest = (org: Org, query: ListQuery): readonly Row[] =>
  [...tableOf(org, 'Lead').values()]
    .reverse()
    .filter((lead) => matches(lead, query))
    .slice(0, PAGE);

const routedBy = (org: Org, lead: Row): Markup => {
  const [decision] = leadDecisions(org, lead.Id);
  const [rule, pool] = [
    decision?.Rule_Name__c ?? lead.Fairlead_Rule__c,
    decision?.Pool_Name__c ?? lead.Fairlead_Pool__c,
  ];
  if (!rule && !pool) return html`<span class="none">–</span>`;
  return html`<span class="why" title="${String(decision?.Reason__c ?? lead.Fairlead_Reason__c ?? '')}">${rule ? html`<span class="badge coral">${String(rule)}</span>` : ''}${pool ? html`<span class="badge plain">${String(pool)}</span>` : ''}</span>`;
};

/** Salesforce requires a company: web forms write so where there is none. */
const known = (company: unknown): Markup | string =>
  company === '[not provided]' ? html`<span class="none">–</span>` : String(company);

const row = (org: Org, lead: Row): Markup => {
  const name = String(lead.Name);
  return html`<tr id="row-${lead.Id}">
    <td class="pick"><input type="checkbox" name="id" value="${lead.Id}" form="ask" aria-label="Choose ${name}"></td>
    <th scope="row"><a class="person" href="/desk/salesforce/${lead.Id}">${avatar(name)}<span class="two"><span dir="auto">${name}</span><small>${String(lead.Email ?? '')}</small></span></a></th>
    <td data-label="Company" dir="auto">${known(lead.Company)}</td>
    <td data-label="Employees">${grouped(String(lead.NumberOfEmployees ?? ''))}</td>
    <td data-label="Country">${String(lead.Country ?? '')}</td>
    <td data-label="Status">${statusBadge(lead.Status)}</td>
    <td data-label="Owner">${leadOwner(org, lead.OwnerId)}</td>
    <td data-label="Routed by">${routedBy(org, lead)}</td>
    <td data-label="Created" class="when">${moment(momentOf(lead.CreatedDate))}</td>
  </tr>`;
};

const HEADINGS = ['Name', 'Company', 'Employees', 'Country', 'Status', 'Owner', 'Routed by', 'Created'];

/** What was done with the Flow just now. */
const said = (message: string | null): Markup | null =>
  message === null ? null : html`<p class="said" role="status">${message}</p>`;

/** The leads of the org, and the actions on them: what stands inside `main`. */
export const salesforceList = (org: Org, query: ListQuery, message: string | null): Markup => {
  const leads = newest(org, query);
  const total = [...tableOf(org, 'Lead').values()].filter((lead) => !lead.IsDeleted).length;
  const owners = [['', 'All owners'] as const, ...leadOwners(org)];
  return html`<div class="head">
    <h1>Salesforce leads <span class="count">${total.toLocaleString('en-US')}</span></h1>
    <form class="filters" role="search">
      <label class="hidden" for="q">Search</label>
      <input id="q" name="q" type="search" placeholder="Search names, e-mail, company" value="${query.q}" data-search>
      <label class="hidden" for="owner">Owner</label>
      <select id="owner" name="owner" data-autosubmit>${owners.map(([id, name]) => html`<option value="${id}" ${id === query.owner ? html`selected` : ''}>${name}</option>`)}</select>
      <noscript><button class="quiet">Filter</button></noscript>
    </form>
  </div>
  ${said(message)}
  <div class="tools">
    <form method="post" action="/desk/salesforce/ask" id="ask"><button>Ask the Flow about the chosen</button></form>
    <form method="post" action="/desk/salesforce/arrive"><label for="count">New leads</label><input id="count" name="count" type="number" min="1" max="200" value="5">
      <button class="quiet" name="then" value="">Create</button><button class="quiet" name="then" value="ask">Create and ask the Flow</button></form>
  </div>
  ${
    leads.length === 0
      ? html`<div class="empty"><p><strong>Nothing here yet.</strong></p><p>${query.q || query.owner ? 'No lead matches.' : 'Leads appear here as they are made.'}</p></div>`
      : html`<div class="card flush"><table>
    <thead><tr><th scope="col"><span class="hidden">Choose</span></th>${HEADINGS.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
    <tbody data-rows>${leads.map((lead) => row(org, lead))}</tbody>
  </table></div>`
  }`;
};
