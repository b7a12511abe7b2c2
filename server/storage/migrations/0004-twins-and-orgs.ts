import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Leads on two records, and orgs that call with a credential of their own, as `twins-and-orgs.sql` beside this file has them. */
export const twinsAndOrgs = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./twins-and-orgs.sql', import.meta.url), 'utf8')).execute(db);
  },
};
