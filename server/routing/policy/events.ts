import { z } from 'zod';
import { eventField } from '../conditions/scope.ts';
import type { Field, Fields } from './fields.ts';
import { id } from './scalars.ts';

/** `events:`: the kinds of things a lead does that callers tell of, such as `webinar`. */
export const events = z.array(id).min(1, 'is empty; list kinds of events, such as [webinar]');

/** Something a lead did, as a caller tells it. `at`: an ISO instant. */
export interface LeadEvent {
  readonly kind: string;
  readonly at: string;
}

/** Events as they stand among a lead's values: the instants of each kind, the earliest first. */
export const eventValues = (given: readonly LeadEvent[]): Readonly<Record<string, readonly string[]>> => {
  const values: Record<string, string[]> = {};
  for (const { kind, at } of given) {
    const instants = values[eventField(kind)] ?? [];
    values[eventField(kind)] = [...instants, new Date(at).toISOString()].sort();
  }
  return values;
};

const INSTANTS: Field = { type: 'list', of: null, currency: null, sources: {} };
const kept = new WeakMap<Fields, Fields>();

/** What may be given of a lead: the declared fields, and a list of instants for each kind of event. */
export const givenFields = ({
  fields,
  events,
}: {
  readonly fields: Fields;
  readonly events?: readonly string[];
}): Fields => {
  if (events === undefined) return fields;
  const known = kept.get(fields) ?? {
    ...fields,
    ...Object.fromEntries(events.map((kind) => [eventField(kind), INSTANTS])),
  };
  kept.set(fields, known);
  return known;
};

/** Where a caller wrote a value that cannot be read: among its fields, or among its events. */
export const pointerOf = (field: string): string =>
  field.startsWith(eventField('')) ? '/events' : `/fields/${field}`;
