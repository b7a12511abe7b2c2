import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Export, erasure, retention and the end of a tenant, as `data-lifecycle.sql` beside this file has them. */
export const dataLifecycle = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./data-lifecycle.sql', import.meta.url), 'utf8')).execute(db);
  },
};
