import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Leads that enter CRMs, as `entry.sql` beside this file has them. */
export const entry = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./entry.sql', import.meta.url), 'utf8')).execute(db);
  },
};
