import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Drafts, notes and approvals of policies, as `publishing.sql` beside this file has them. */
export const publishing = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./publishing.sql', import.meta.url), 'utf8')).execute(db);
  },
};
