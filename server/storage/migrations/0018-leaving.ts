import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** What is left to do for disconnected accounts, as `leaving.sql` beside this file has it. */
export const leaving = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./leaving.sql', import.meta.url), 'utf8')).execute(db);
  },
};
