// Slack's mrkdwn as DOM nodes. Only text nodes and elements made here: nothing from a message is read as HTML.
import { emoji } from './emoji.js';

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
/** Names of people by their Slack id, for mentions. */
export const people = new Map();

const plain = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const parts = (seconds, zone, options) =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options }).format(seconds * 1000);

const dateWords = (seconds, zone, short) => {
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' };
  if (parts(seconds, zone, day) === parts(Date.now() / 1000, zone, day)) return 'today';
  return parts(seconds, zone, short ? { month: 'short', day: 'numeric' } : { dateStyle: 'long' });
};

/** `<!date^1764080000^{date_short_pretty} at {time}|fallback>` in a person's zone. */
const slackDate = (seconds, format, zone) =>
  format
    .replace(/\{date[a-z_]*\}/g, (token) => dateWords(seconds, zone, token.includes('short')))
    .replace(/\{time(?:_secs)?\}/g, () => parts(seconds, zone, { timeStyle: 'short' }));

const angled = (inner, zone) => {
  const [target, ...label] = inner.split('|');
  if (target.startsWith('!date^')) {
    const [, seconds, format] = target.split('^');
    const words = slackDate(Number(seconds), plain(format), zone);
    return element(
      'time',
      { datetime: new Date(seconds * 1000).toISOString(), title: plain(label.join('|')) },
      words,
    );
  }
  if (target.startsWith('@'))
    return element('span', { class: 'mention' }, `@${people.get(target.slice(1)) ?? target.slice(1)}`);
  if (target.startsWith('!') || target.startsWith('#'))
    return element('span', { class: 'mention' }, plain(label.join('|') || target.replace('!', '@')));
  if (!/^(https?:|mailto:|tel:)/.test(target)) return plain(`<${inner}>`);
  const href = plain(target);
  return element('a', { href, rel: 'noreferrer', target: '_blank' }, plain(label.join('|') || target));
};

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };
const TOKEN =
  /<([^<>]+)>|(?<![\p{L}\p{N}\u2060])([*_~`])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])|:([a-z0-9_]+):/gu;

/** The nodes of one mrkdwn text. `zone` is the reader's. */
export const mrkdwn = (text, zone) => {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, inner, mark, marked, name] = match;
    const drawn = name === undefined ? null : emoji(name);
    if (drawn === undefined) continue;
    nodes.push(plain(text.slice(from, match.index)));
    if (inner !== undefined) nodes.push(angled(inner, zone));
    else if (mark !== undefined)
      nodes.push(element(MARKS[mark], {}, ...(mark === '`' ? [plain(marked)] : mrkdwn(marked, zone))));
    else nodes.push(drawn);
    from = match.index + whole.length;
  }
  nodes.push(plain(text.slice(from)));
  return nodes;
};

/** A text object of either kind. */
export const textNodes = (object, zone) =>
  object.type === 'mrkdwn' ? mrkdwn(object.text, zone) : [object.text];

export { element };
