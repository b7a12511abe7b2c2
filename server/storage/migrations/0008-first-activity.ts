import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** When a lead was first worked on, as `first-activity.sql` beside this file has it. */
export const firstActivity = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./first-activity.sql', import.meta.url), 'utf8')).execute(db);
  },
};
