import { drawBlock } from './blocks.js';
import { fromLocal, toLocal } from './local-time.js';
import { element } from './mrkdwn.js';

/** Controls of one field, which its label can name. */
const LABELLED = new Set(['plain_text_input', 'static_select', 'datetimepicker']);

const radio = (block, input) =>
  element(
    'div',
    { class: 'choices', role: 'radiogroup' },
    ...input.options.map((option) => {
      const box = element('input', { type: 'radio', name: block.block_id, value: option.value });
      if (input.initial_option?.value === option.value) box.checked = true;
      return element('label', { class: 'choice' }, box, option.text.text);
    }),
  );

const select = (block, input) =>
  element(
    'select',
    { name: block.block_id },
    element('option', { value: '' }, input.placeholder?.text ?? 'Select an option'),
    ...input.options.map((one) => element('option', { value: one.value }, one.text.text)),
  );

const field = (block, input) => {
  const attributes = {
    name: block.block_id,
    maxlength: String(input.max_length ?? 3000),
    placeholder: input.placeholder?.text ?? '',
  };
  const made = element(input.multiline ? 'textarea' : 'input', attributes);
  made.value = input.initial_value ?? '';
  return made;
};

/** A day and time on the clock of the person's zone. */
const moment = (block, input, zone) => {
  const made = element('input', { type: 'datetime-local', name: block.block_id });
  if (input.initial_date_time) made.value = toLocal(input.initial_date_time, zone);
  return made;
};

const CONTROLS = {
  radio_buttons: radio,
  static_select: select,
  plain_text_input: field,
  datetimepicker: moment,
};

const inputBlock = (block, zone) => {
  const label = element(
    LABELLED.has(block.element.type) ? 'label' : 'span',
    { class: 'label', ...(LABELLED.has(block.element.type) ? { for: `field-${block.block_id}` } : {}) },
    block.label.text,
    ...(block.optional ? [element('small', {}, ' (optional)')] : []),
  );
  const control =
    CONTROLS[block.element.type]?.(block, block.element, zone) ??
    element('span', {}, `(${block.element.type})`);
  if (LABELLED.has(block.element.type)) control.id = `field-${block.block_id}`;
  return element(
    'div',
    { class: 'input', 'data-block': block.block_id },
    label,
    control,
    ...(block.hint ? [element('p', { class: 'hint' }, block.hint.text)] : []),
    element('p', { class: 'error', role: 'alert' }),
  );
};

/** What a control holds as Slack sends it: a moment as seconds since 1970, all else as text. */
const sentAs = (block, text, zone) =>
  block.element.type === 'datetimepicker' && text ? String(fromLocal(text, zone)) : text;

const values = (form, blocks, zone) => {
  const given = new FormData(form);
  return Object.fromEntries(
    blocks
      .filter((one) => one.type === 'input')
      .map((one) => [one.block_id, sentAs(one, given.get(one.block_id), zone)]),
  );
};

/** Shows a modal's view. `send(values)` answers `{errors, shown}`; `dismiss` tells that it was closed. */
export const drawModal = (dialog, view, { zone, send, dismiss }) => {
  const form = element('form', { novalidate: '' });
  const failure = element('p', { class: 'error', role: 'alert' });
  const close = element('button', { type: 'button', class: 'button' }, view.close?.text ?? 'Close');
  close.addEventListener('click', dismiss);
  const blocks = view.blocks.map((block) =>
    block.type === 'input' ? inputBlock(block, zone) : drawBlock(block, { zone, press: () => undefined }),
  );
  const submit = view.submit
    ? [element('button', { type: 'submit', class: 'button primary' }, view.submit.text)]
    : [];
  form.append(
    element('h2', {}, view.title.text),
    ...blocks,
    failure,
    element('footer', {}, close, ...submit),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { errors, shown } = await send(values(form, view.blocks, zone));
    for (const place of form.querySelectorAll('.input'))
      place.querySelector('.error').textContent = errors?.[place.dataset.block] ?? '';
    failure.textContent = shown ?? '';
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
};
