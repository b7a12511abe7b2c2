import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Who takes no leads, and whom CRMs gave what was only decided for the log, as `first-steps.sql` beside this file has it. */
export const firstSteps = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./first-steps.sql', import.meta.url), 'utf8')).execute(db);
  },
};
