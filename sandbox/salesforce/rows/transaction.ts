import { type Org, reindex, tableOf } from '../org.ts';
import type { Row, RowChange } from '../types.ts';

/** Writes that stand or fall together. They are seen at once; what happened is told when they are committed. */
export const createTransaction = (org: Org) => {
  const undo: (() => void)[] = [];
  const changes: RowChange[] = [];
  const tellings: number[] = [];

  const put = (objectType: string, id: string, after: Row | undefined): void => {
    const table = tableOf(org, objectType);
    const before = table.get(id);
    const write = (from: Row | undefined, to: Row | undefined) => {
      if (to) table.set(id, to);
      else table.delete(id);
      reindex(org, objectType, from, to);
    };
    write(before, after);
    undo.push(() => write(after, before));
  };

  const rollbackTo = (mark: number): void => {
    while (undo.length > mark) undo.pop()?.();
    while (tellings.length > 0 && (tellings.at(-1) ?? 0) > mark) {
      tellings.pop();
      changes.pop();
    }
  };

  return {
    /** Stores a row as it is to be from now on. */
    put: (objectType: string, row: Row): void => put(objectType, row.Id, row),
    tell: (change: RowChange): void => {
      changes.push(change);
      tellings.push(undo.length);
    },
    /** Where the transaction stands: `rollbackTo` comes back here. */
    mark: (): number => undo.length,
    rollbackTo,
    rollback: (): void => rollbackTo(0),
    commit: (): void => {
      undo.length = 0;
      tellings.length = 0;
      org.emit(changes.splice(0));
    },
  };
};

export type Transaction = ReturnType<typeof createTransaction>;
