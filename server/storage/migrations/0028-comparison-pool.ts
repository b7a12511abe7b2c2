import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Whom and which pool decisions name that are compared, as `comparison-pool.sql` beside this file has it. */
export const comparisonPool = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./comparison-pool.sql', import.meta.url), 'utf8')).execute(db);
  },
};
