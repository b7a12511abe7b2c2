import { type Environment, rowsOf } from '../environment.ts';
import type { Actor, Row, RowChange, Values } from '../types.ts';

/** What writes are made with: all of them, or none. */
export interface Transaction {
  readonly environment: Environment;
  readonly actor: Actor;
  readonly get: (table: string, id: string) => Row | undefined;
  /** Stores a row with the next version. */
  readonly put: (table: string, id: string, values: Values) => Row;
  readonly remove: (table: string, id: string) => void;
  readonly tell: (change: Omit<RowChange, 'at' | 'actor'>) => void;
}

/** Runs writes; what they changed is told once they are all made, and undone where one fails. */
export const transact = <T>(environment: Environment, actor: Actor, work: (tx: Transaction) => T): T => {
  const undo: (() => void)[] = [];
  const changes: RowChange[] = [];
  const set = (table: string, id: string, row: Row | undefined): void => {
    const rows = rowsOf(environment, table);
    const before = rows.get(id);
    undo.push(() => void (before ? rows.set(id, before) : rows.delete(id)));
    if (row) rows.set(id, row);
    else rows.delete(id);
  };
  const tx: Transaction = {
    environment,
    actor,
    get: (table, id) => rowsOf(environment, table).get(id),
    put: (table, id, values) => {
      const row = { id, version: ++environment.version, values };
      set(table, id, row);
      return row;
    },
    remove: (table, id) => {
      set(table, id, undefined);
      const tombstone = { table, id, version: ++environment.version };
      environment.tombstones.push(tombstone);
      undo.push(() => void environment.tombstones.splice(environment.tombstones.indexOf(tombstone), 1));
    },
    tell: (change) => changes.push({ ...change, at: environment.now(), actor }),
  };
  try {
    const result = work(tx);
    if (changes.length > 0) environment.emit(changes);
    return result;
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
};
