import type { DeskCrm } from '../desk-crm.ts';
import { html, type Markup } from '../html.ts';
import { fieldInput } from './field-input.ts';

/** The form for a new record, with what was filled in and what was wrong with it. */
export const crmNew = (
  crm: DeskCrm,
  values: Readonly<Record<string, string>>,
  problem: string | null,
): Markup => {
  const fields = crm.newFields().map((field) => ({ ...field, value: values[field.name] ?? field.value }));
  return html`<div class="narrow">
  <h1>New ${crm.noun}</h1>
  <p class="sub">Comes in as from a person or a website: the CRM's own automation runs, and Fairlead hears of it.</p>
  ${problem === null ? '' : html`<p class="problem" role="alert">${problem}</p>`}
  <form method="post" action="/desk/${crm.slug}/new" class="card form">
    <div class="pair">${fields.map(
      (field, index) =>
        html`<div ${field.kind === 'long' ? html`class="whole"` : ''}>${fieldInput(field, index === 0)}</div>`,
    )}</div>
    <div class="actions"><button>Create ${crm.noun}</button><a class="quiet" href="/desk/${crm.slug}">Cancel</a></div>
  </form></div>`;
};
