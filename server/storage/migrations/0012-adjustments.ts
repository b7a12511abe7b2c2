import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** What people change in a ledger by hand, as `adjustments.sql` beside this file has it. */
export const adjustments = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./adjustments.sql', import.meta.url), 'utf8')).execute(db);
  },
};
