import { type Kysely, sql } from 'kysely';

/** How far a connection was looked through is its vendor's to say: an instant for some, an opaque link for others. */
export const pollCursors = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`alter table poll_mark alter column next_from type text
      using (extract(epoch from next_from) * 1000)::bigint::text`.execute(db);
    await sql`alter table poll_mark rename column next_from to cursor`.execute(db);
  },
};
