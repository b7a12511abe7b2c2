import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Leads that go first, as `urgent.sql` beside this file has it. */
export const urgent = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./urgent.sql', import.meta.url), 'utf8')).execute(db);
  },
};
