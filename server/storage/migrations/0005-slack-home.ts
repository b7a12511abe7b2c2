import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** Time off set by reps themselves, reminders of offers, and Homes in Slack, as `slack-home.sql` beside this file has them. */
export const slackHome = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(readFileSync(new URL('./slack-home.sql', import.meta.url), 'utf8')).execute(db);
  },
};
