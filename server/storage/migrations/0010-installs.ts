import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Installs under way, as `installs.sql` beside this file has it. */
export const installs = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./installs.sql', import.meta.url), 'utf8')).execute(db);
  },
};
