import { drawBlock } from './blocks.js';
import { element } from './mrkdwn.js';

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

const CONTROLS = { radio_buttons: radio, static_select: select, plain_text_input: field };

const inputBlock = (block) => {
  const label = element(
    'span',
    { class: 'label' },
    block.label.text,
    ...(block.optional ? [element('small', {}, ' (optional)')] : []),
  );
  const control =
    CONTROLS[block.element.type]?.(block, block.element) ?? element('span', {}, `(${block.element.type})`);
  return element(
    'div',
    { class: 'input', 'data-block': block.block_id },
    label,
    control,
    element('p', { class: 'error', role: 'alert' }),
  );
};

const values = (form, blocks) => {
  const given = new FormData(form);
  return Object.fromEntries(
    blocks.filter((one) => one.type === 'input').map((one) => [one.block_id, given.get(one.block_id)]),
  );
};

/** Shows a modal's view. `send(values)` answers `{errors, shown}`; `dismiss` tells that it was closed. */
export const drawModal = (dialog, view, { zone, send, dismiss }) => {
  const form = element('form', { novalidate: '' });
  const failure = element('p', { class: 'error', role: 'alert' });
  const close = element('button', { type: 'button', class: 'button' }, view.close?.text ?? 'Close');
  close.addEventListener('click', dismiss);
  const blocks = view.blocks.map((block) =>
    block.type === 'input' ? inputBlock(block) : drawBlock(block, { zone, press: () => undefined }),
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
    const { errors, shown } = await send(values(form, view.blocks));
    for (const place of form.querySelectorAll('.input'))
      place.querySelector('.error').textContent = errors?.[place.dataset.block] ?? '';
    failure.textContent = shown ?? '';
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
};
