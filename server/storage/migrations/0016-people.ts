import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** People of a workspace and their sessions, as `people.sql` beside this file has it. */
export const people = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./people.sql', import.meta.url), 'utf8')).execute(db);
  },
};
