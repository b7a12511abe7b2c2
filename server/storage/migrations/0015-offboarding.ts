import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Reps who left and where their leads went, as `offboarding.sql` beside this file has it. */
export const offboarding = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./offboarding.sql', import.meta.url), 'utf8')).execute(db);
  },
};
