import type { DeskCrm, DeskRow, ListQuery } from '../desk-crm.ts';
import { avatar, moment, options } from '../format.ts';
import { html, type Markup } from '../html.ts';

const row = (crm: DeskCrm, { id, name, detail, cells, createdAt }: DeskRow): Markup =>
  html`<tr id="row-${id}">${
    crm.listActions.length === 0
      ? ''
      : html`<td class="pick"><input type="checkbox" name="id" value="${id}" form="act" aria-label="Choose ${name}"></td>`
  }
    <th scope="row"><a class="person" href="/desk/${crm.slug}/${id}">${avatar(name)}<span class="two"><span dir="auto">${name}</span><small>${detail}</small></span></a></th>
    ${cells.map((cell, index) => html`<td data-label="${crm.columns[index]}"><bdi>${cell}</bdi></td>`)}
    <td data-label="Created" class="when">${moment(createdAt)}</td>
  </tr>`;

const filters = (crm: DeskCrm, query: ListQuery): Markup => {
  const owners = [
    ['', 'All owners'] as const,
    ...(crm.ownerless ? [['none', 'No owner'] as const] : []),
    ...crm.owners().map(({ id, name }) => [id, name] as const),
  ];
  return html`<form class="filters" role="search">
      <label class="hidden" for="q">Search</label>
      <input id="q" name="q" type="search" placeholder="Search names, e-mail, company" value="${query.q}" data-search>
      <label class="hidden" for="owner">Owner</label>
      <select id="owner" name="owner" data-autosubmit>${options(owners, query.owner)}</select>
      <noscript><button class="quiet">Filter</button></noscript>
    </form>`;
};

const arrivals = (crm: DeskCrm): Markup => html`
    <form method="post" action="/desk/${crm.slug}/arrive"><label for="count">New ${crm.noun}s</label><input id="count" name="count" type="number" min="1" max="200" value="5">
      <button class="quiet" name="then" value="">Create</button>${crm.listActions.map(
        ({ name, afterArrival }) =>
          afterArrival && html`<button class="quiet" name="then" value="${name}">${afterArrival}</button>`,
      )}</form>`;

const tools = (crm: DeskCrm): Markup | null =>
  crm.listActions.length === 0 && !crm.arrive
    ? null
    : html`<div class="tools">${
        crm.listActions.length === 0
          ? ''
          : html`<form method="post" action="/desk/${crm.slug}/act" id="act">${crm.listActions.map(
              ({ name, label }) => html`<button name="action" value="${name}">${label}</button>`,
            )}</form>`
      }${crm.arrive && arrivals(crm)}</div>`;

const empty = (crm: DeskCrm, { q, owner }: ListQuery): Markup =>
  html`<div class="empty"><p><strong>Nothing here yet.</strong></p><p>${
    q || owner
      ? `No ${crm.noun} matches. Clear the search or choose another owner.`
      : 'Records appear here as they are made.'
  }</p><a class="button" href="/desk/${crm.slug}/new">New ${crm.noun}</a></div>`;

/** What was done just now. */
export const saidNote = (said: string | null): Markup | null =>
  said === null ? null : html`<p class="said" role="status">${said}</p>`;

/** The records of a CRM, and what can be done with them: what stands inside `main`. */
export const crmList = (crm: DeskCrm, query: ListQuery, said: string | null): Markup => {
  const { rows, total } = crm.list(query);
  const headings = ['Name', ...crm.columns, 'Created'];
  return html`<div class="head">
    <h1>${crm.title} <span class="count">${total.toLocaleString('en-US')}</span></h1>
    ${filters(crm, query)}
  </div>
  ${saidNote(said)}${tools(crm)}
  ${
    rows.length === 0
      ? empty(crm, query)
      : html`<div class="card flush"><table>
    <thead><tr>${crm.listActions.length === 0 ? '' : html`<th scope="col"><span class="hidden">Choose</span></th>`}${headings.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
    <tbody data-rows>${rows.map((one) => row(crm, one))}</tbody>
  </table></div>${total > rows.length ? html`<p class="more">The newest ${rows.length} of ${total.toLocaleString('en-US')} are shown.</p>` : ''}`
  }`;
};
