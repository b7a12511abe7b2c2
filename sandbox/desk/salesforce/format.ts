import { type Org, tableOf } from '../../salesforce/org.ts';
import { ownerName } from '../../salesforce/rows/check-owner.ts';
import type { Actor, Row } from '../../salesforce/types.ts';
import type { DeskOwner } from '../desk-crm.ts';
import { type BadgeColour, badge, NOTHING, person } from '../format.ts';
import type { Markup } from '../html.ts';

/** A date-time of the API as epoch milliseconds. */
export const momentOf = (text: unknown): number => Date.parse(String(text));

/** A user or queue with badge. */
export const leadOwner = (org: Org, ownerId: unknown): Markup =>
  person(ownerName(org, String(ownerId)), String(ownerId).startsWith('00G') ? 'Queue' : null);

/** People and queues that may own leads. */
export const leadOwners = (org: Org): readonly DeskOwner[] => {
  const queues = new Set(
    [...tableOf(org, 'QueueSobject').values()]
      .filter((one) => one.SobjectType === 'Lead')
      .map((one) => one.QueueId),
  );
  return [
    ...[...tableOf(org, 'User').values()].filter((one) => one.IsActive),
    ...[...tableOf(org, 'Group').values()].filter((one) => queues.has(one.Id)),
  ].map((one) => ({ id: one.Id, name: String(one.Name) }));
};

const STATUS_COLOURS: Readonly<Record<string, BadgeColour>> = {
  'Open - Not Contacted': 'blue',
  'Working - Contacted': 'violet',
  Qualified: 'teal',
  'Closed - Converted': 'green',
};

/** A lead's status as a badge. */
export const statusBadge = (status: unknown): Markup =>
  status ? badge(String(status), STATUS_COLOURS[String(status)]) : NOTHING;

/** Who did something, and by what. */
export const actorBadge = (org: Org, actor: Actor): Markup => {
  const name = ownerName(org, actor.userId);
  const words: Readonly<Record<Actor['via'], readonly [string, BadgeColour]>> = {
    api: [actor.client ?? `${name} through the API`, 'coral'],
    apex: ['Fairlead’s Apex', 'violet'],
    ui: [name, 'grey'],
    web: ['Website form', 'grey'],
    sync: ['HubSpot sync', 'blue'],
  };
  const [label, colour] = words[actor.via];
  return badge(label, colour);
};

/** The user of the org with that e-mail, as whom a person of the desk acts; undefined: none. */
export const userWithEmail = (org: Org, email: string): Row | undefined =>
  [...tableOf(org, 'User').values()].find((one) => one.Email === email && one.IsActive);
