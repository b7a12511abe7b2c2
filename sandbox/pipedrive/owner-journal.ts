import type { Account } from './account.ts';
import type { Actor, Change, RowId } from './types.ts';

/** An owner that was set on a lead. `at`: epoch milliseconds. */
export interface OwnerSet {
  readonly id: RowId;
  readonly ownerId: unknown;
  readonly at: number;
  readonly by: Actor;
}

const MOST = 20_000;

/** Remembers who was given which lead, and by whom: Pipedrive shows it beside each lead. Not kept over a restart. */
export const createOwnerJournal = () => {
  const entries: OwnerSet[] = [];
  return {
    note: (account: Account, { object, action, id, before, after, by }: Change): void => {
      if (object !== 'lead' || action !== 'change' || before?.owner_id === after?.owner_id) return;
      entries.push({ id, ownerId: after?.owner_id, at: account.now(), by });
      if (entries.length > MOST) entries.shift();
    },
    of: (id: RowId): readonly OwnerSet[] => entries.filter((entry) => entry.id === id),
  };
};
