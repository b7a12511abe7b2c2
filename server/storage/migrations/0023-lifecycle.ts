import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Who was shown a key, and what finds the data that is over or asked for, as `lifecycle.sql` beside this file has them. */
export const lifecycle = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./lifecycle.sql', import.meta.url), 'utf8')).execute(db);
  },
};
