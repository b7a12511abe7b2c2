import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Roles, grants and row security, as `row-security.sql` beside this file has them. */
export const rowSecurity = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./row-security.sql', import.meta.url), 'utf8')).execute(db);
  },
};
