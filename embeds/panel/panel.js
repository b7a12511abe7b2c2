/**
 * Draws why a lead was given to whom, from what Fairlead wrote on the record itself: who may read the record may read
 * the panel, and the browser holds no credential of Fairlead's. Both hosts (Dynamics 365, Zoho CRM) say how to read it.
 *
 * @typedef {object} Told What stands on the record.
 * @property {string | null} owner Who has it now, by name.
 * @property {string | null} reason With a line for everybody else who was weighed.
 * @property {string | null} rule
 * @property {string | null} pool
 * @property {string | null} decision The decision's id.
 * @property {string | null} decidedAt ISO 8601.
 */

const HEADING = 'Who else, and why not:';
const BULLET = '• ';

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
};

/** What people wrote may run from right to left. */
const written = (tag, text) => make(tag, { dir: 'auto' }, text);

const initialsOf = (name) => {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return ends
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
};

/** A moment in the reader's own language and zone, which it names. */
const momentOf = (iso) => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const options = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  };
  return make('time', { datetime: iso }, new Intl.DateTimeFormat(undefined, options).format(at));
};

/** The sentences, and a line for each of the others. */
const partsOf = (reason) => {
  const [why = '', others = ''] = reason.split(HEADING);
  const lines = others
    .split('\n')
    .filter((line) => line.startsWith(BULLET))
    .map((line) => line.slice(BULLET.length));
  return { why: why.trim(), others: lines };
};

const otherOf = (line) => {
  const colon = line.indexOf(': ');
  return colon < 0
    ? written('li', line)
    : make('li', {}, written('strong', line.slice(0, colon)), written('span', line.slice(colon + 2)));
};

/** So many others are shown at once. */
const AT_ONCE = 5;

/** The first few, and all of the rest behind a line that opens them. */
const othersOf = (lines) => {
  const [first, rest] = [lines.slice(0, AT_ONCE), lines.slice(AT_ONCE)];
  const list = make('ul', {}, ...first.map(otherOf));
  if (rest.length === 0) return [list];
  const more = make('details', {}, make('summary', {}, `Show all ${lines.length}`));
  more.append(make('ul', {}, ...rest.map(otherOf)));
  return [list, more];
};

const section = (title, ...children) => make('section', {}, make('h2', {}, title), ...children);

const factsOf = (told) => {
  const facts = [
    ['Rule', told.rule && written('dd', told.rule)],
    ['Pool', told.pool && written('dd', told.pool)],
    ['Decided', told.decidedAt && make('dd', {}, momentOf(told.decidedAt))],
  ].filter(([, value]) => value);
  return make('dl', {}, ...facts.flatMap(([label, value]) => [make('dt', {}, label), value]));
};

/** Only an address that is Fairlead's own page, over https or on this machine. */
const linkTo = (address, decision) => {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
  if (!isSafe) return null;
  const href = new URL(`/decisions/${encodeURIComponent(decision)}`, url).href;
  return make('p', {}, make('a', { href, target: '_blank', rel: 'noopener' }, 'Open in Fairlead'));
};

const decided = (told, address) => {
  const { why, others } = partsOf(told.reason ?? '');
  const owner = told.owner ?? 'Nobody yet';
  return [
    make(
      'p',
      { class: 'owner' },
      make('span', { class: 'avatar', 'aria-hidden': 'true' }, initialsOf(owner)),
      written('span', owner),
    ),
    section('Why', written('p', why)),
    section(
      `Who else, and why not (${others.length})`,
      ...(others.length === 0 ? [make('p', {}, 'Nobody else was weighed.')] : othersOf(others)),
    ),
    factsOf(told),
    linkTo(address, told.decision),
  ];
};

const never = () => [
  section(
    'Not routed yet',
    make('p', {}, 'Fairlead has made no decision about this record. It appears here as soon as one is made.'),
  ),
];

/**
 * Shows the panel in `main`, and again whenever it is refreshed or comes into view after something else had the reader.
 * `read` resolves to what stands on the record; `address` is where people open Fairlead, or null. Answers what draws it
 * again.
 */
export const showPanel = (main, { read, address, onDrawn = () => {} }) => {
  const aloud = make('p', { class: 'aloud', role: 'status' });
  const refresh = make('button', { type: 'button' }, 'Refresh');
  const body = make('div', { style: 'display: contents' });
  let said = '';
  const draw = async () => {
    main.setAttribute('aria-busy', 'true');
    try {
      const told = await read();
      body.replaceChildren(...(told.decision ? decided(told, address) : never()).filter(Boolean));
      // Said only when it changed: a screen reader is not kept talking.
      const now = told.decision
        ? `${told.owner ?? 'Nobody yet'}. ${partsOf(told.reason ?? '').why}`
        : 'Not routed yet';
      if (said !== '' && said !== now) aloud.textContent = now;
      said = now;
    } catch (error) {
      body.replaceChildren(
        make('p', { class: 'problem', role: 'alert' }, `The record could not be read: ${error.message}`),
      );
    }
    main.removeAttribute('aria-busy');
    onDrawn();
  };
  refresh.addEventListener('click', draw);
  document.addEventListener('visibilitychange', () => document.hidden || draw());
  main.replaceChildren(make('header', {}, make('h1', {}, 'Lead routing'), refresh), body, aloud);
  draw();
  return draw;
};
