import { associated } from '../../hubspot/associations.ts';
import type { Portal } from '../../hubspot/portal.ts';
import type { PropertyDefinition, StoredRecord } from '../../hubspot/types.ts';
import type { WorkflowRun } from '../../hubspot/workflow-types.ts';
import { avatar, grouped, words } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { activity } from './activity.ts';
import { ownerName, recordName, stageBadge } from './format.ts';
import type { DeskType } from './record-list.ts';

/** What people edit, per type; the rest is shown when it has a value. */
const EDITABLE: Readonly<Record<DeskType, readonly string[]>> = {
  contacts: [
    'firstname',
    'lastname',
    'email',
    'phone',
    'jobtitle',
    'company',
    'country',
    'state',
    'hs_language',
    'hs_latest_source',
    'lifecyclestage',
    'hs_lead_status',
    'message',
  ],
  companies: ['name', 'domain', 'industry', 'country', 'numberofemployees', 'lifecyclestage'],
  deals: ['dealname', 'amount', 'dealstage', 'description'],
};

const input = (definition: PropertyDefinition, value: string): Markup => {
  const { name } = definition;
  if (definition.options.length > 0) {
    return html`<select id="p-${name}" name="${name}"><option value=""></option>${definition.options.map(
      (option) =>
        html`<option value="${option.value}" ${option.value === value ? html`selected` : ''}>${/_|^[A-Z]+$/.test(option.label) ? words(option.label) : option.label}</option>`,
    )}</select>`;
  }
  if (name === 'message' || name === 'description') {
    return html`<textarea id="p-${name}" name="${name}" rows="3" dir="auto">${value}</textarea>`;
  }
  const type = definition.type === 'number' ? 'number' : name === 'email' ? 'email' : 'text';
  return html`<input id="p-${name}" name="${name}" type="${type}" value="${value}" dir="auto">`;
};

const editForm = (portal: Portal, type: DeskType, record: StoredRecord): Markup => html`
  <details class="edit"><summary>Edit</summary>
  <form method="post" action="/desk/${type}/${record.id}" class="fields">
    ${EDITABLE[type].map((name) => {
      const definition = portal.properties[type].get(name);
      return (
        definition &&
        html`<label for="p-${name}">${definition.label}</label>${input(definition, record.properties[name] ?? '')}`
      );
    })}
    <div class="actions"><button>Save</button></div>
  </form></details>`;

/** Shorter than HubSpot's labels where the column is narrow. */
const SHORT_LABELS: Readonly<Record<string, string>> = {
  phone: 'Phone',
  company: 'Company',
  country: 'Country',
  state: 'State',
  hs_language: 'Language',
  hs_latest_source: 'Source',
  lifecyclestage: 'Stage',
  dealstage: 'Stage',
  numberofemployees: 'Employees',
};
const IN_THE_TITLE = ['firstname', 'lastname', 'message'];

const fact = (name: string, value: string): Markup | string => {
  if (name === 'lifecyclestage' || name === 'dealstage') return stageBadge(value);
  if (name === 'numberofemployees' || name === 'amount') return grouped(value);
  if (name === 'hs_latest_source' || name === 'hs_lead_status') return words(value);
  if (name === 'email') return html`<a href="mailto:${value}">${value}</a>`;
  return value;
};

const facts = (portal: Portal, type: DeskType, record: StoredRecord): Markup => {
  const shown = EDITABLE[type].flatMap((name) => {
    const value = record.properties[name];
    return value === undefined || IN_THE_TITLE.includes(name) ? [] : [[name, value] as const];
  });
  const label = (name: string) => SHORT_LABELS[name] ?? portal.properties[type].get(name)?.label ?? name;
  return html`<dl class="facts">${shown.map(
    ([name, value]) => html`<dt>${label(name)}</dt><dd><bdi>${fact(name, value)}</bdi></dd>`,
  )}</dl>`;
};

const ownerForm = (portal: Portal, type: DeskType, record: StoredRecord): Markup => {
  const current = record.properties.hubspot_owner_id ?? '';
  return html`<form method="post" action="/desk/${type}/${record.id}/owner" class="owner">
    <label for="ownerId">Owner</label>
    <select id="ownerId" name="ownerId" data-autosubmit>
      <option value="">No owner</option>
      ${[...portal.owners.values()]
        .filter((owner) => !owner.archived || owner.id === current)
        .map(
          (owner) =>
            html`<option value="${owner.id}" ${owner.id === current ? html`selected` : ''}>${ownerName(owner)}</option>`,
        )}
    </select>
    <noscript><button class="quiet">Change</button></noscript>
  </form>`;
};

const FAIRLEAD = [
  ['fairlead_rule', 'Rule'],
  ['fairlead_pool', 'Pool'],
  ['fairlead_decided_at', 'Decided'],
  ['fairlead_decision', 'Decision'],
] as const;

const fairleadCard = (portal: Portal, record: StoredRecord, fairleadUrl: string): Markup | null => {
  const known = FAIRLEAD.filter(([name]) => record.properties[name]);
  const { fairlead_decision: decision, fairlead_reason: reason } = record.properties;
  if (known.length === 0 && !reason) return null;
  return html`<section class="card fairlead" aria-labelledby="fairlead-h"><h2 id="fairlead-h">Written by Fairlead</h2>${reason ? html`<p class="why-text" dir="auto">${reason}</p>` : ''}
    <dl class="facts">${known.map(([name, label]) => {
      const text = record.properties[name] ?? '';
      const at = Number(text) || Date.parse(text);
      return html`<dt>${label}</dt><dd dir="auto" ${name === 'fairlead_decision' ? html`class="mono"` : ''}>${
        name === 'fairlead_decided_at' && Number.isFinite(at)
          ? new Date(at).toLocaleString('en-GB', {
              timeZone: portal.timezone,
              dateStyle: 'medium',
              timeStyle: 'short',
            })
          : text
      }</dd>`;
    })}</dl>${decision ? html`<p><a href="${fairleadUrl}/decisions/${decision}">Open in Fairlead</a></p>` : ''}</section>`;
};

const linkList = (
  portal: Portal,
  from: DeskType,
  record: StoredRecord,
  to: DeskType,
  title: string,
): Markup | null => {
  const found = associated(portal, from, record.id, to).flatMap(({ id }) => portal.records[to].get(id) ?? []);
  if (found.length === 0) return null;
  return html`<section class="card"><h2>${title}</h2><ul class="links">${found.slice(0, 8).map((other) => {
    const name = recordName(to, other);
    const detail =
      to === 'companies'
        ? [
            grouped(other.properties.numberofemployees) &&
              `${grouped(other.properties.numberofemployees)} employees`,
            other.properties.country,
          ]
        : to === 'deals'
          ? [`$${grouped(other.properties.amount)}`]
          : [other.properties.email];
    return html`<li><a class="person" href="/desk/${to}/${other.id}">${avatar(name)}<span class="two"><span dir="auto">${name}</span><small>${detail.filter(Boolean).join(' · ')}</small></span></a></li>`;
  })}</ul></section>`;
};

/** One record: who it is, who owns it, why, and all that happened. What stands inside `main`. */
export const recordPage = (
  portal: Portal,
  type: DeskType,
  record: StoredRecord,
  parts: {
    readonly runs: readonly WorkflowRun[];
    readonly card: Markup | null;
    readonly fairleadUrl: string;
  },
): Markup => {
  const name = recordName(type, record);
  const { jobtitle, company, message } = record.properties;
  return html`<p class="crumbs"><a href="/desk/${type}">${type === 'contacts' ? 'Contacts' : type === 'companies' ? 'Companies' : 'Deals'}</a></p>
  <div class="record">
    <div class="column" data-part="who">
      <section class="card who">
        <div class="title">${avatar(name, 'large')}<div><h1 dir="auto">${name}</h1><p class="sub" dir="auto">${[jobtitle, company].filter(Boolean).join(' at ')}</p></div></div>
        ${ownerForm(portal, type, record)}
        ${facts(portal, type, record)}
        ${editForm(portal, type, record)}
      </section>
    </div>
    <div class="column wide" data-part="activity">
      ${message ? html`<section class="card message"><h2>Message</h2><p class="prose" dir="auto">${message}</p></section>` : ''}
      <section class="card"><h2>Activity</h2>${activity(portal, type, record, parts.runs)}</section>
    </div>
    <div class="column side">
      ${parts.card}
      <div data-part="side">
        ${fairleadCard(portal, record, parts.fairleadUrl)}
        ${linkList(portal, type, record, 'companies', 'Company')}
        ${linkList(portal, type, record, 'contacts', 'People')}
        ${linkList(portal, type, record, 'deals', 'Deals')}
      </div>
    </div>
  </div>`;
};
