import type { DeskField } from '../desk-crm.ts';
import { options } from '../format.ts';
import { html, type Markup } from '../html.ts';

const control = (field: DeskField, focused: boolean): Markup => {
  const { name, kind, value } = field;
  const more = html`${field.required ? html`required` : ''} ${focused ? html`autofocus` : ''}`;
  if (kind === 'choice')
    return html`<select id="f-${name}" name="${name}" ${more}>${options(field.options ?? [], value)}</select>`;
  if (kind === 'long')
    return html`<textarea id="f-${name}" name="${name}" rows="4" dir="auto" ${more}>${value}</textarea>`;
  return html`<input id="f-${name}" name="${name}" type="${kind}" value="${value}" dir="auto" ${more}>`;
};

/** A field of a form with its label; `focused`: the cursor stands in it when the page opens. */
export const fieldInput = (field: DeskField, focused = false): Markup =>
  html`<label for="f-${field.name}">${field.label}</label>${control(field, focused)}`;
