import { element, textNodes } from './mrkdwn.js';

const CLASSES = { primary: 'button primary', danger: 'button danger' };

const button = (one, { press }) => {
  const made = element(
    'button',
    { type: 'button', class: CLASSES[one.style] ?? 'button', 'data-action': one.action_id ?? '' },
    one.text.text,
  );
  made.addEventListener('click', () => {
    if (one.url) window.open(one.url, '_blank', 'noreferrer');
    press(one.action_id, made);
  });
  return made;
};

const text = (object, zone, className) =>
  element('div', { class: className, dir: 'auto' }, ...textNodes(object, zone));

const section = (block, view) => {
  const made = element('div', { class: 'section' });
  if (block.text) made.append(text(block.text, view.zone, 'text'));
  if (block.fields)
    made.append(
      element('div', { class: 'fields' }, ...block.fields.map((field) => text(field, view.zone, 'field'))),
    );
  if (block.accessory?.type === 'button') made.append(button(block.accessory, view));
  return made;
};

const DRAW = {
  header: (block) => element('h2', { dir: 'auto' }, block.text.text),
  section,
  divider: () => element('hr', {}),
  image: (block) => element('img', { src: block.image_url, alt: block.alt_text }),
  context: (block, { zone }) =>
    element(
      'div',
      { class: 'context', dir: 'auto' },
      ...block.elements.map((one) =>
        one.type === 'image'
          ? element('img', { src: one.image_url, alt: one.alt_text })
          : element('span', {}, ...textNodes(one, zone)),
      ),
    ),
  actions: (block, view) =>
    element(
      'div',
      { class: 'actions' },
      ...block.elements.filter((one) => one.type === 'button').map((one) => button(one, view)),
    ),
};

/** One block of a message. `view`: the reader's zone, and what a press does. */
export const drawBlock = (block, view) =>
  DRAW[block.type]?.(block, view) ?? element('div', {}, `(${block.type})`);
