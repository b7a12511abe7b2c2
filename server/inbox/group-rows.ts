import { type InboxEvent, inboxEvent } from './inbox-event.ts';
import type { InboxRow } from './inbox-store.ts';

/** Rows that say the same thing: worked on once, done together. */
export interface Work {
  readonly event: InboxEvent;
  readonly rows: readonly InboxRow[];
}

/**
 * Work by subject (a record, or a connection's people), each in the order it came: subjects may go side by side, what
 * concerns one record may not. Neighbours that say the same are one piece of work. Unreadable rows come back apart.
 */
export const groupRows = (
  rows: readonly InboxRow[],
): { readonly subjects: readonly (readonly Work[])[]; readonly unreadable: readonly InboxRow[] } => {
  const subjects = new Map<string, Work[]>();
  const unreadable: InboxRow[] = [];
  for (const row of rows) {
    const parsed = inboxEvent.safeParse(row.payload);
    if (!parsed.success) unreadable.push(row);
    else append(subjects, row, parsed.data);
  }
  return { subjects: [...subjects.values()], unreadable };
};

const append = (subjects: Map<string, Work[]>, row: InboxRow, event: InboxEvent): void => {
  const subject =
    event.kind === 'people_changed'
      ? row.connectionId
      : `${row.connectionId}/${event.objectType}/${event.recordId}`;
  const works = subjects.get(subject) ?? [];
  subjects.set(subject, works);
  const last = works.at(-1);
  const same = last !== undefined && JSON.stringify(last.event) === JSON.stringify(event);
  if (same) works[works.length - 1] = { event, rows: [...last.rows, row] };
  else works.push({ event, rows: [row] });
};
