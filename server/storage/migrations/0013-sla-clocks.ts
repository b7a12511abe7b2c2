import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Clocks of SLAs, as `sla-clocks.sql` beside this file has them. */
export const slaClocks = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./sla-clocks.sql', import.meta.url), 'utf8')).execute(db);
  },
};
