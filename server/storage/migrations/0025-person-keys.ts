import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** By what people are looked up, as `person-keys.sql` beside this file has it. */
export const personKeys = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./person-keys.sql', import.meta.url), 'utf8')).execute(db);
  },
};
