import { refused } from '../errors.ts';
import type { Table } from '../schema/column.ts';
import type { Value, Values } from '../types.ts';

/** Puts the state and its reason in step: one may be told without the other. Throws DynamicsError. */
export const withState = (written: Values, before: Values, table: Table): Values => {
  if (table.stateOf.size === 0) return written;
  const state = written.statecode ?? undefined;
  const reason = written.statuscode ?? undefined;
  if (state === undefined && reason === undefined) return written;
  const wanted = state ?? (reason === undefined ? undefined : table.stateOf.get(Number(reason)));
  const given = reason ?? (wanted === before.statecode ? before.statuscode : firstReason(table, wanted));
  if (table.stateOf.get(Number(given)) !== wanted)
    throw refused(
      `${String(given)} is not a valid status code for state code ${String(wanted)} on ${table.name}.`,
      '0x80048408',
    );
  return { ...written, statecode: wanted as Value, statuscode: given as Value };
};

const firstReason = (table: Table, state: Value | undefined): Value | undefined =>
  [...table.stateOf].find(([, of]) => of === state)?.[0];
