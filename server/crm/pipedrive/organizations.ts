import type { Clock } from '../../base/clock.ts';
import type { Company } from './client.ts';
import { type ReadWays, readMany } from './read-many.ts';
import type { PipedriveRecord } from './shapes.ts';

/** Many leads have few organisations, which change seldom. Milliseconds. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 10_000;

/** Organisations by id, remembered for a while. */
export const createOrganizations = (clock: Clock) => {
  const known = new Map<string, { readonly row: PipedriveRecord | null; readonly until: number }>();
  return {
    read: async (
      company: Company,
      ids: readonly string[],
      ways: ReadWays,
    ): Promise<ReadonlyMap<string, PipedriveRecord>> => {
      const now = clock.now();
      const keyOf = (id: string) => `${company.id} ${id}`;
      const missing = ids.filter((id) => (known.get(keyOf(id))?.until ?? 0) <= now);
      const read = await readMany(company, 'organization', missing, ways);
      if (known.size > MOST_KEPT) known.clear();
      for (const id of missing) known.set(keyOf(id), { row: read.get(id) ?? null, until: now + KEPT_MS });
      return new Map(
        ids.flatMap((id) => {
          const row = read.get(id) ?? known.get(keyOf(id))?.row ?? null;
          return row === null ? [] : [[id, row] as const];
        }),
      );
    },
  };
};

export type Organizations = ReturnType<typeof createOrganizations>;
