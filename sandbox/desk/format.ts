import type { DeskEntry } from './desk-crm.ts';
import { html, type Markup } from './html.ts';

/** The first letters of the first and the last word, whatever the script. */
const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('');
};

const HUES = [12, 34, 88, 152, 176, 204, 228, 262, 292, 332];

const hueOf = (text: string): number =>
  HUES[[...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES.length] ?? 204;

/** A round badge with initials; the colour follows from the name. */
export const avatar = (name: string, size: 'small' | 'large' = 'small'): Markup =>
  html`<span class="avatar ${size}" style="--hue:${hueOf(name)}" aria-hidden="true">${initials(name)}</span>`;

/** A moment; the page's script turns it into "3 minutes ago" and keeps it right. */
export const moment = (at: number): Markup => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}" title="${iso.replace('T', ' ').slice(0, 19)} UTC">${iso.slice(11, 16)}</time>`;
};

/** The text of a note's or task's HTML. */
export const plainText = (markup: string): string =>
  markup
    .replace(/<(br|\/p|\/li|\/div)[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .trim();

/** A value of an enumeration in words: ORGANIC_SEARCH as Organic search. */
export const words = (value: string): string => {
  const text = value.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** 1234567 as 1,234,567; anything that is no number as it stands. */
export const grouped = (value: string | undefined): string =>
  value !== undefined && Number.isFinite(Number(value)) && value.trim() !== ''
    ? Number(value).toLocaleString('en-US')
    : (value ?? '');

/** What stands where there is no value. */
export const NOTHING = html`<span class="none">–</span>`;

/** The colours a badge may have. */
export type BadgeColour = 'grey' | 'blue' | 'violet' | 'teal' | 'green' | 'amber' | 'red' | 'coral' | 'plain';

/** A short word in a coloured pill. */
export const badge = (text: string, colour: BadgeColour = 'grey'): Markup =>
  html`<span class="badge ${colour}">${text}</span>`;

/** A person, queue or team by name, with a round badge. */
export const person = (name: string, kind: string | null = null): Markup =>
  html`<span class="person">${avatar(name)}<span dir="auto">${name}</span>${kind === null ? '' : html` ${badge(kind, 'plain')}`}</span>`;

/** Which rule and pool gave a record to its owner, with the reason as a tip. */
export const routedBy = (told: {
  readonly rule: string | null;
  readonly pool: string | null;
  readonly reason: string | null;
}): Markup => {
  const { rule, pool, reason } = told;
  if (!rule && !pool && !reason) return NOTHING;
  return html`<span class="why" title="${reason ?? ''}">${rule ? badge(rule, 'coral') : ''}${pool ? badge(pool, 'plain') : ''}${!rule && !pool ? reason : ''}</span>`;
};

/** The entries of a record's story, newest first; of the same moment the later one first. */
export const timeline = (entries: readonly DeskEntry[]): Markup => {
  const sorted = [...entries].reverse().sort((a, b) => b.at - a.at);
  return html`<ol class="timeline">${sorted.map(
    (entry) =>
      html`<li><span class="icon" aria-hidden="true">${entry.icon}</span><div>${entry.body}</div><span class="when">${moment(entry.at)}</span></li>`,
  )}</ol>`;
};

/** Options of a select, the chosen one marked. */
export const options = (
  pairs: readonly (readonly [value: string, label: string])[],
  chosen: string,
): readonly Markup[] =>
  pairs.map(
    ([value, label]) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`,
  );
