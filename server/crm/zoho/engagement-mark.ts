import { z } from 'zod';
import type { RecordRef } from '../../assignments/types.ts';
import { PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { rows } from './query.ts';
import { factsOf } from './to-snapshot.ts';
import type { Ways } from './write-rows.ts';

/** The mark by which a note or task is known again: its decision's id, or what a task about an SLA says. */
export const markOf = (about: string): string => `Fairlead decision ${about}`;

const text = z.string().catch('');

/** Which of the records have something with their mark in one of these related lists already. */
export const marked = async <T extends { readonly record: RecordRef }>(
  unsure: readonly T[],
  aboutOf: (one: T) => string,
  { lists, field }: { readonly lists: readonly string[]; readonly field: string },
  ways: Ways,
): Promise<ReadonlySet<T>> => {
  const there = new Set<T>();
  for (const one of unsure) {
    const texts = (await Promise.all(lists.map((list) => textsIn(one.record, list, field, ways)))).flat();
    if (texts.some((each) => each.includes(markOf(aboutOf(one))))) there.add(one);
  }
  return there;
};

const textsIn = async (
  { objectType, recordId }: RecordRef,
  list: string,
  field: string,
  { call, connection, until }: Ways,
): Promise<readonly string[]> => {
  const reply = await call(connection, {
    method: 'GET',
    path: PATHS.related(factsOf(objectType).module, recordId, list),
    query: { fields: field },
    purpose: 'delivery',
    until,
  });
  // The record is gone: what stood on it is too.
  if (reply.status >= 400 && reply.status < 429) return [];
  return (readBody(rows, reply)?.data ?? []).map((row) => text.parse(row[field]));
};
