import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** How long ago somebody proved who they are, as `session-proof.sql` beside this file has it. */
export const sessionProof = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./session-proof.sql', import.meta.url), 'utf8')).execute(db);
  },
};
