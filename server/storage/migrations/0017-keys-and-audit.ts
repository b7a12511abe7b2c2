import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Keys with scopes and several secrets, the audit log, and what is sealed by name: `keys-and-audit.sql` beside this file. */
export const keysAndAudit = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./keys-and-audit.sql', import.meta.url), 'utf8')).execute(db);
  },
};
