import type { Org } from './org.ts';
import type { RowChange } from './types.ts';

/** A change with where it happened. */
export interface JournalEntry extends RowChange {
  readonly domain: string;
}

const KEPT = 20_000;

/** Everything that happened, in order: who changed which fields of what, when, by which client. Never values. */
export const createJournal = () => {
  const entries: JournalEntry[] = [];
  return {
    note: (org: Org, changes: readonly RowChange[]): void => {
      for (const change of changes) entries.push({ ...change, domain: org.domain });
      if (entries.length > 2 * KEPT) entries.splice(0, entries.length - KEPT);
    },
    /** The latest entries, oldest first; of one record, where its id is given. */
    entries: (id?: string): readonly JournalEntry[] =>
      id === undefined ? [...entries] : entries.filter((entry) => entry.id === id),
  };
};
