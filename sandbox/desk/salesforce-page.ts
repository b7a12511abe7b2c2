import { leadDecisions } from '../salesforce/lead-facts.ts';
import type { Org } from '../salesforce/org.ts';
import { LEAD, LEAD_STATUSES } from '../salesforce/schema/lead.ts';
import type { Row } from '../salesforce/types.ts';
import { avatar, moment } from './format.ts';
import { html, type Markup } from './html.ts';
import { leadOwners, momentOf, statusBadge } from './salesforce-format.ts';

/** What people edit. */
export const EDITABLE_FIELDS = [
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

/** Labels, shorter than Salesforce's where the column is narrow. */
const labelOf = (name: string): string =>
  name === 'NumberOfEmployees' ? 'Employees' : (LEAD.byName.get(name.toLowerCase())?.label ?? name);

const options = (pairs: readonly (readonly [string, string])[], chosen: string): readonly Markup[] =>
  pairs.map(
    ([value, label]) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`,
  );

const input = (name: string, value: string): Markup =>
  name === 'Status'
    ? html`<select id="f-${name}" name="${name}">${options(
        LEAD_STATUSES.map((one) => [one, one] as const),
        value,
      )}</select>`
    : html`<input id="f-${name}" name="${name}" value="${value}" type="${name === 'NumberOfEmployees' ? 'number' : 'text'}" dir="auto">`;

const editForm = (lead: Row): Markup => html`
  <details class="edit"><summary>Edit</summary>
  <form method="post" action="/desk/salesforce/${lead.Id}" class="fields">
    ${EDITABLE_FIELDS.map((name) => html`<label for="f-${name}">${labelOf(name)}</label>${input(name, String(lead[name] ?? ''))}`)}
    <div class="actions"><button>Save</button></div>
  </form></details>`;

const ownerForm = (org: Org, lead: Row): Markup => {
  const owners = leadOwners(org);
  const known = owners.some(([id]) => id === lead.OwnerId);
  const all = known ? owners : [[String(lead.OwnerId), 'Somebody who left'] as const, ...owners];
  return html`<form method="post" action="/desk/salesforce/${lead.Id}/owner" class="owner">
    <label for="ownerId">Owner</label>
    <select id="ownerId" name="ownerId" data-autosubmit>${options(all, String(lead.OwnerId))}</select>
    <noscript><button class="quiet">Change</button></noscript>
  </form>`;
};

const facts = (lead: Row): Markup => {
  const shown = EDITABLE_FIELDS.filter((name) => !['FirstName', 'LastName'].includes(name) && lead[name]);
  return html`<dl class="facts">${shown.map((name) => html`<dt>${labelOf(name)}</dt><dd><bdi>${name === 'Status' ? statusBadge(lead[name]) : String(lead[name])}</bdi></dd>`)}</dl>`;
};

const decisionCard = (org: Org, lead: Row, fairleadUrl: string): Markup | null => {
  const [decision] = leadDecisions(org, lead.Id);
  const id = decision?.Decision_Id__c ?? lead.Fairlead_Decision__c;
  if (!id) return null;
  const known = [
    ['Rule', decision?.Rule_Name__c ?? lead.Fairlead_Rule__c],
    ['Pool', decision?.Pool_Name__c ?? lead.Fairlead_Pool__c],
    ['Outcome', decision?.Outcome__c],
    ['Decision', id],
  ] as const;
  const at = decision?.Decided_At__c ?? lead.Fairlead_Decided_At__c;
  return html`<section class="card fairlead" aria-labelledby="fairlead-h"><h2 id="fairlead-h">Written by Fairlead</h2>
    <p class="why-text" dir="auto">${String(decision?.Reason__c ?? lead.Fairlead_Reason__c ?? '')}</p>
    <dl class="facts">${known.map(([label, value]) => (value ? html`<dt>${label}</dt><dd dir="auto" ${label === 'Decision' ? html`class="mono"` : ''}>${String(value)}</dd>` : ''))}${at ? html`<dt>Decided</dt><dd>${moment(momentOf(at))}</dd>` : ''}</dl>
    <p><a href="${fairleadUrl}/decisions/${String(id)}">Open in Fairlead</a></p></section>`;
};

/** One lead of the Salesforce org: what stands inside `main`. */
export const salesforcePage = (
  org: Org,
  lead: Row,
  parts: { readonly activity: Markup; readonly card: Markup | null; readonly fairleadUrl: string },
): Markup => {
  const name = String(lead.Name);
  const subtitle = [lead.Title, lead.Company].filter(Boolean).join(' at ');
  return html`<p class="crumbs"><a href="/desk/salesforce">Salesforce leads</a></p>
  <div class="record">
    <div class="column" data-part="who">
      <section class="card who">
        <div class="title">${avatar(name, 'large')}<div><h1 dir="auto">${name}</h1><p class="sub" dir="auto">${subtitle}</p></div></div>
        ${lead.IsDeleted ? html`<p class="problem">This lead is in the recycle bin.</p>` : ownerForm(org, lead)}
        ${facts(lead)}
        ${lead.IsDeleted || lead.IsConverted ? '' : editForm(lead)}
      </section>
      <form method="post" action="/desk/salesforce/ask"><input type="hidden" name="id" value="${lead.Id}"><input type="hidden" name="back" value="${lead.Id}"><button>Ask the Flow</button></form>
    </div>
    <div class="column wide" data-part="activity">
      ${lead.Description ? html`<section class="card message"><h2>Message</h2><p class="prose" dir="auto">${String(lead.Description)}</p></section>` : ''}
      <section class="card"><h2>Activity</h2>${parts.activity}</section>
    </div>
    <div class="column side">${parts.card}<div data-part="side">${decisionCard(org, lead, parts.fairleadUrl)}</div></div>
  </div>`;
};
