import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** What simulations said of drafts, as `draft-simulations.sql` beside this file has them. */
export const draftSimulations = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./draft-simulations.sql', import.meta.url), 'utf8')).execute(db);
  },
};
