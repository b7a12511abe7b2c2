import type { LaneItem } from './lane.ts';
import { recordKey } from './lane-session.ts';
import type { Wanted, WantedPerson } from './lane-store.ts';
import type { RecordRef } from './types.ts';
import type { RequestKey } from './use-cases.ts';

/** What a group's items want looked up, each key once. Only one item of a group pages through waiting leads. */
export const mergeWanted = (items: readonly LaneItem<unknown>[]): Wanted => {
  const requests = new Map<string, RequestKey>();
  const records = new Map<string, RecordRef>();
  const assignments = new Set<string>();
  const emails = new Set<string>();
  const people = new Map<string, WantedPerson>();
  const leads = new Set<string>();
  const adjustments = new Set<string>();
  let waiting: Wanted['waiting'];
  for (const { wanted } of items) {
    for (const request of wanted.requests ?? []) requests.set(`${request.endpoint}\n${request.key}`, request);
    for (const record of wanted.records ?? []) records.set(recordKey(record), record);
    for (const id of wanted.assignments ?? []) assignments.add(id);
    for (const email of wanted.emails ?? []) emails.add(email);
    for (const person of wanted.people ?? [])
      people.set(`${person.email}\n${person.phone}\n${person.entering}`, person);
    for (const id of wanted.leads ?? []) leads.add(id);
    for (const request of wanted.adjustments ?? []) adjustments.add(request);
    waiting ??= wanted.waiting;
  }
  return {
    requests: [...requests.values()],
    records: [...records.values()],
    assignments: [...assignments],
    emails: [...emails],
    people: [...people.values()],
    leads: [...leads],
    adjustments: [...adjustments],
    ...(waiting === undefined ? {} : { waiting }),
  };
};
