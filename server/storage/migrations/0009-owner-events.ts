import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Finds the changes of owner of an hour, as `owner-events.sql` beside this file has it. */
export const ownerEvents = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./owner-events.sql', import.meta.url), 'utf8')).execute(db);
  },
};
