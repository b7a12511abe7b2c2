import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** The tables, as `tables.sql` beside this file has them. */
export const tables = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./tables.sql', import.meta.url), 'utf8')).execute(db);
  },
};
