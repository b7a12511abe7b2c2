import type { StoredRoster } from '../../assignments/lane-store.ts';

/** The columns of a rep that the roster is made of. */
export interface RepColumns {
  readonly document: unknown;
  readonly active: boolean;
  readonly paused: boolean;
  readonly away_since: Date | null;
  readonly away_until: Date | null;
}

/** A rep's row as the roster takes it. */
export const toStoredRep = (row: RepColumns): StoredRoster['reps'][number] => ({
  document: row.document,
  active: row.active,
  paused: row.paused,
  away:
    row.away_since === null
      ? null
      : { since: row.away_since.getTime(), until: row.away_until?.getTime() ?? null },
});
