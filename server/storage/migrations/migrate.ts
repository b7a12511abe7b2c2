import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Pool } from 'pg';
import { AppError } from '../../base/app-error.ts';
import { tables } from './0001-tables.ts';
import { rowSecurity } from './0002-row-security.ts';

/** In the order of their names. One that was released is never changed: another is added. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-tables': tables,
  '0002-row-security': rowSecurity,
};

const remedyFor = (error: unknown): string =>
  (error as { code?: string }).code === '42501'
    ? "The database user must own the database and may create roles; or have an administrator run 'create role fairlead_app nologin; create role fairlead_directory nologin; grant fairlead_app, fairlead_directory to' that user."
    : 'Nothing was changed. Correct the cause and start again.';

/**
 * Brings the tables up to date in one transaction. Of processes that start together one does it and the others wait.
 * Throws AppError `migration_failed`.
 */
export const migrate = async (pool: Pool): Promise<void> => {
  const migrator = new Migrator({
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const { message } = error as Error;
  throw new AppError(
    'migration_failed',
    `The tables could not be brought up to date: ${message}. ${remedyFor(error)}`,
    {
      cause: error,
    },
  );
};
