import { type Org, tableOf } from '../salesforce/org.ts';
import { ownerName } from '../salesforce/rows/check-owner.ts';
import type { Actor, Row } from '../salesforce/types.ts';
import { avatar, stageBadge } from './format.ts';
import { html, type Markup } from './html.ts';

/** A date-time of the API as epoch milliseconds. */
export const momentOf = (text: unknown): number => Date.parse(String(text));

/** A user or queue with badge. */
export const leadOwner = (org: Org, ownerId: unknown): Markup => {
  const name = ownerName(org, String(ownerId));
  const queue = String(ownerId).startsWith('00G');
  return html`<span class="person">${avatar(name)}<span dir="auto">${name}</span>${queue ? html` <span class="badge plain">Queue</span>` : ''}</span>`;
};

/** People and queues that may own leads, for a select. */
export const leadOwners = (org: Org): readonly (readonly [id: string, name: string])[] => {
  const queues = new Set(
    [...tableOf(org, 'QueueSobject').values()]
      .filter((one) => one.SobjectType === 'Lead')
      .map((one) => one.QueueId),
  );
  return [
    ...[...tableOf(org, 'User').values()].filter((one) => one.IsActive),
    ...[...tableOf(org, 'Group').values()].filter((one) => queues.has(one.Id)),
  ].map((one) => [one.Id, String(one.Name)] as const);
};

const STATUS_COLOURS: Readonly<Record<string, string>> = {
  'Open - Not Contacted': 'blue',
  'Working - Contacted': 'violet',
  Qualified: 'teal',
  'Closed - Converted': 'green',
};

export const statusBadge = (status: unknown): Markup =>
  status
    ? html`<span class="badge ${STATUS_COLOURS[String(status)] ?? 'grey'}">${String(status)}</span>`
    : stageBadge(undefined);

/** Who did something, and by what. */
export const actorBadge = (org: Org, actor: Actor): Markup => {
  const name = ownerName(org, actor.userId);
  const words: Readonly<Record<Actor['via'], readonly [string, string]>> = {
    api: [actor.client ?? `${name} through the API`, 'coral'],
    apex: ['Fairlead’s Apex', 'violet'],
    ui: [name, 'grey'],
    web: ['Website form', 'grey'],
    sync: ['HubSpot sync', 'blue'],
  };
  const [label, colour] = words[actor.via];
  return html`<span class="badge ${colour}">${label}</span>`;
};

/** The user of the org with that e-mail, as whom a person of the desk acts; undefined: none. */
export const userWithEmail = (org: Org, email: string): Row | undefined =>
  [...tableOf(org, 'User').values()].find((one) => one.Email === email && one.IsActive);
