import type { Pool } from 'pg';
import { withClient } from './with-client.ts';

/** How often tables are looked at. Milliseconds. */
const EVERY = 30_000;

/** As PostgreSQL's own autovacuum counts, which the embedded database does not run. */
const WORN = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 500 + 0.2 * n_live_tup or n_mod_since_analyze > 500 + 0.2 * n_live_tup
  order by n_dead_tup + n_mod_since_analyze`;

/** Cleans the tables that have changed much and learns their contents anew. Returns their names. */
export const tidy = async (pool: Pool): Promise<readonly string[]> => {
  const { rows } = await withClient(pool, (client) => client.query<{ name: string }>(WORN));
  const names = rows.map(({ name }) => name);
  // One table at a time, so that others get their turn between.
  for (const name of names) await withClient(pool, (client) => client.query(`vacuum (analyze) ${name}`));
  return names;
};

/** Tidies up again and again; call what it returns to end that, and wait for it. */
export const keepTidy = (pool: Pool, onError: (error: Error) => void): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => tidy(pool)).then(() => undefined, onError);
  }, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
};
