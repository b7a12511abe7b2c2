// Slack's emoji by name. What many fonts lack is drawn; the rest is a character.

const CHARACTERS = {
  white_check_mark: '✅',
  warning: '⚠️',
  rotating_light: '🚨',
  wave: '👋',
  double_vertical_bar: '⏸️',
  scales: '⚖️',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
};

const DRAWINGS = {
  large_green_circle: ['circle 10 10 8 #2bac76'],
  crescent_moon: ['path #f2b713 M13 2a8 8 0 1 0 5 12 6.5 6.5 0 0 1-5-12z'],
  palm_tree: [
    'path #9a6b3f M9 19c.4-5 .6-7 1.6-10h1.6c-.8 3-1 5.5-.8 10z',
    'path #2a9d58 M11.5 9C9 4 4 5 2.5 9c3-1.6 6-1.4 9 0zM11.5 9c-4 0-7 2-6.5 6.500C7 12 9 10.5 11.5 9zM11.5 9c1-4.5 5.5-5 7.5-1.5-3-.8-5 0-7.5 1.500zM11.5 9c4 .5 6.5 2.5 5.5 6.500C15.5 12 14 10.5 11.5 9zM11.5 9c-1-4 1-6.5 4-6.500C13 5 12 7 11.5 9z',
  ],
  hourglass_flowing_sand: [
    'path #7b5a3a M4 1h12v2H4zM4 17h12v2H4z',
    'path #c9dff0 M5.5 3h9c0 4-3 5.5-3 7s3 3 3 7h-9c0-4 3-5.5 3-7s-3-3-3-7z',
    'path #e0a63a M7 6h6c-.8 1.6-2 2.6-3 3.600C9 8.6 7.8 7.6 7 6zM6.5 17c.6-2.4 2-3 3.5-3.5 1.5.5 2.9 1.1 3.5 3.500z',
  ],
  alarm_clock: [
    'circle 10 11 7.5 #d1405a',
    'circle 10 11 5.5 #fff',
    'path #3a3a3a M9.3 7h1.400v3.700l2.3 1.6-.8 1.1-2.9-2zM3 2l3 1.8-3.2 3.400C1.6 5.4 1.6 3 3 2zM17 2l-3 1.8 3.2 3.400C18.4 5.4 18.4 3 17 2z',
  ],
};

const SVG = 'http://www.w3.org/2000/svg';
const made = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const shape = (drawn) => {
  const [kind, ...rest] = drawn.split(' ');
  if (kind === 'circle') return made('circle', { cx: rest[0], cy: rest[1], r: rest[2], fill: rest[3] });
  return made('path', { fill: rest[0], d: rest.slice(1).join(' ') });
};

/** An emoji as a node or a text; undefined: not one of those the app uses. */
export const emoji = (name) => {
  if (Object.hasOwn(CHARACTERS, name)) return CHARACTERS[name];
  if (!Object.hasOwn(DRAWINGS, name)) return undefined;
  const label = name.replaceAll('_', ' ');
  const drawing = made('svg', { viewBox: '0 0 20 20', class: 'emoji', role: 'img', 'aria-label': label });
  drawing.append(...DRAWINGS[name].map(shape));
  return drawing;
};
