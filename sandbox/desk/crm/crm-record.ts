import { cardFrame } from '../card-frame.ts';
import type { DeskCrm, DeskReason, DeskRecord } from '../desk-crm.ts';
import { avatar, options, timeline } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { saidNote } from './crm-list.ts';
import { fieldInput } from './field-input.ts';

const ownerForm = (crm: DeskCrm, record: DeskRecord): Markup => {
  const owners = crm.owners().map(({ id, name }) => [id, name] as const);
  const current = record.ownerId ?? '';
  const gone = current !== '' && !owners.some(([id]) => id === current);
  const choices = [
    ...(crm.ownerless || current === '' ? [['', 'No owner'] as const] : []),
    ...(gone ? [[current, 'Somebody who left'] as const] : []),
    ...owners,
  ];
  return html`<form method="post" action="/desk/${crm.slug}/${record.id}/owner" class="owner">
    <label for="ownerId">Owner</label>
    <select id="ownerId" name="ownerId" data-autosubmit>${options(choices, current)}</select>
    <noscript><button class="quiet">Change</button></noscript>
  </form>`;
};

const editForm = (crm: DeskCrm, { id, fields }: DeskRecord): Markup | null =>
  fields.length === 0
    ? null
    : html`<details class="edit"><summary>Edit</summary>
  <form method="post" action="/desk/${crm.slug}/${id}" class="fields">
    ${fields.map((field) => fieldInput(field))}
    <div class="actions"><button>Save</button></div>
  </form></details>`;

const actionForm = (crm: DeskCrm, { id, actions }: DeskRecord): Markup | null =>
  actions.length === 0
    ? null
    : html`<form method="post" action="/desk/${crm.slug}/act" class="record-actions"><input type="hidden" name="id" value="${id}"><input type="hidden" name="back" value="${id}">${actions.map(
        ({ name, label, quiet, danger }) =>
          html`<button name="action" value="${name}" class="${danger ? 'quiet danger' : quiet ? 'quiet' : ''}">${label}</button>`,
      )}</form>`;

const reasonCard = ({ text, facts, decision }: DeskReason, fairleadUrl: string): Markup => {
  const known = facts.filter(([, value]) => value !== null && value !== '');
  return html`<section class="card fairlead" aria-labelledby="fairlead-h"><h2 id="fairlead-h">Written by Fairlead</h2>
    ${text === '' ? '' : html`<p class="why-text" dir="auto">${text}</p>`}
    <dl class="facts">${known.map(([label, value]) => html`<dt>${label}</dt><dd dir="auto">${value}</dd>`)}${
      decision === null ? '' : html`<dt>Decision</dt><dd class="mono">${decision}</dd>`
    }</dl>${decision === null ? '' : html`<p><a href="${fairleadUrl}/decisions/${decision}">Open in Fairlead</a></p>`}</section>`;
};

const factList = ({ facts }: DeskRecord): Markup =>
  html`<dl class="facts">${facts.map(([label, value]) => html`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`;

/** One record: who it is, who owns it, why, and all that happened. What stands inside `main`. */
export const crmRecord = (
  crm: DeskCrm,
  record: DeskRecord,
  parts: { readonly seenBy: string; readonly said: string | null; readonly fairleadUrl: string },
): Markup => html`<p class="crumbs"><a href="/desk/${crm.slug}">${crm.title}</a></p>
  ${saidNote(parts.said)}
  <div class="record">
    <div class="column" data-part="who">
      <section class="card who">
        <div class="title">${avatar(record.name, 'large')}<div><h1 dir="auto">${record.name}</h1><p class="sub" dir="auto">${record.subtitle}</p></div></div>
        ${record.notice === null ? '' : html`<p class="problem">${record.notice}</p>`}
        ${record.givable ? ownerForm(crm, record) : ''}
        ${factList(record)}
        ${editForm(crm, record)}
      </section>
      ${actionForm(crm, record)}
    </div>
    <div class="column wide" data-part="activity">
      ${record.message ? html`<section class="card message"><h2>Message</h2><p class="prose" dir="auto">${record.message}</p></section>` : ''}
      <section class="card"><h2>Activity</h2>${timeline(record.activity)}</section>
    </div>
    <div class="column side">${cardFrame(record.cardUrl, parts.seenBy)}<div data-part="side">${record.reason && reasonCard(record.reason, parts.fairleadUrl)}</div></div>
  </div>`;
