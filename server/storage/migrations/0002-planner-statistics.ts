import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** What the planner is to know of the tables before they have rows, as `planner-statistics.sql` beside this file has it. */
export const plannerStatistics = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./planner-statistics.sql', import.meta.url), 'utf8')).execute(db);
  },
};
