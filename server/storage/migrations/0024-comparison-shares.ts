import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** What members were owed of the leads that are compared, as `comparison-shares.sql` beside this file has it. */
export const comparisonShares = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./comparison-shares.sql', import.meta.url), 'utf8')).execute(db);
  },
};
