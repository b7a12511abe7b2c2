import type { Fact } from '../explain/facts.ts';
import type { WhyNot } from '../explain/why-not.ts';
import type { FieldValue } from '../lead.ts';
import { LEAD } from '../ledger/shares.ts';
import { durationInWords } from '../policy/duration.ts';
import type { Cap } from '../state.ts';
import { momentText, type Reader } from './moment-text.ts';
import type { Names } from './render-decision.ts';

export interface WhyNotContext {
  readonly names: Pick<Names, 'rep' | 'pool'>;
  readonly reader: Reader;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
}

/** What would have had to be otherwise: `with 2 more free slots and if country were DE`. Plain text. */
export const changeText = (facts: readonly Fact[], rep: string, context: WhyNotContext): string =>
  facts.map((fact) => factText(fact, rep, context)).join(' and ');

/** One fact that would have had to be otherwise. */
export const factText = (fact: Fact, rep: string, { names, reader, decidedAt }: WhyNotContext): string => {
  switch (fact.kind) {
    case 'later': {
      const later = durationInWords(roundedUp(fact.at - decidedAt));
      const because = EVENTS[fact.event](names.rep(fact.rep), fact.rep === rep);
      return `${later} later (${momentText(fact.at, decidedAt, reader)}), when ${because}`;
    }
    case 'room':
      return `with ${counted(fact.slots, 'more free slot')} ${UNDER[fact.cap]}`;
    case 'fewer_open':
      return `with ${counted(fact.leads, 'open lead')} fewer`;
    case 'at_work':
      return 'had they been at work';
    case 'resumed':
      return 'had they not been paused';
    case 'active':
      return 'had they been taking leads';
    case 'reachable':
      return 'had a message been able to reach them';
    case 'skill':
      return `had they had ${fact.value} among their skills (${fact.skill})`;
    case 'not_declined':
      return 'had they not declined it';
    case 'not_missed':
      return 'had they not let an offer of it run out';
    case 'value':
      return fact.value === null
        ? `if ${fact.field} had no value`
        : `if ${fact.field} were ${valueText(fact.value)}`;
    case 'waited':
      return `had their last lead from ${names.pool(fact.pool)} come ${durationInWords(fact.milliseconds)} earlier`;
    case 'owed':
      return `had ${names.pool(fact.pool)} owed them ${leadsText(fact.amount)} more`;
    default:
      return fact satisfies never;
  }
};

/** Instants lie on minutes; a part of one would only be noise. */
const roundedUp = (milliseconds: number): number =>
  milliseconds > 60_000 ? Math.ceil(milliseconds / 60_000) * 60_000 : Math.max(1000, milliseconds);

const EVENTS: Readonly<
  Record<Extract<Fact, { kind: 'later' }>['event'], (who: string, self: boolean) => string>
> = {
  back: (who, self) => (self ? 'they are back at work' : `${who} is back at work`),
  room: () => 'their cap frees',
  leaves: (who) => `${who}'s shift has ended`,
};

const UNDER: Readonly<Record<Cap, string>> = {
  open: 'for open leads',
  perHour: 'this hour',
  perDay: 'that day',
  perWeek: 'that week',
  perMonth: 'that month',
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const leadsText = (amount: number): string => {
  const leads = amount / LEAD;
  return leads === 1 ? '1 lead' : leads < 1 ? `${leads} of a lead` : `${leads} leads`;
};

const valueText = (value: FieldValue): string => {
  if (typeof value !== 'object') return String(value);
  return 'amount' in value ? `${value.amount} ${value.currency}` : value.join(', ');
};

/** When they are next, in a sentence; null: nobody can say. */
export const nextText = (next: WhyNot['next'], chosen: boolean): string | null => {
  if (next === null) return null;
  if ('beyond' in next) return `Not among the next ${next.beyond} leads like this one.`;
  const again = chosen ? ' again' : '';
  return next.leads === 1
    ? `Next${again} with the next lead like this one.`
    : `Next${again} in about ${next.leads} leads like this one.`;
};
