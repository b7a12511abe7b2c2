import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Pool, PoolClient } from 'pg';
import { AppError } from '../../base/app-error.ts';
import { tables } from './0001-tables.ts';
import { plannerStatistics } from './0002-planner-statistics.ts';
import { rowSecurity } from './0003-row-security.ts';
import { twinsAndOrgs } from './0004-twins-and-orgs.ts';
import { slackHome } from './0005-slack-home.ts';
import { pollCursors } from './0006-poll-cursors.ts';
import { entry } from './0007-entry.ts';
import { firstActivity } from './0008-first-activity.ts';
import { ownerEvents } from './0009-owner-events.ts';
import { installs } from './0010-installs.ts';
import { urgent } from './0011-urgent.ts';
import { adjustments } from './0012-adjustments.ts';
import { slaClocks } from './0013-sla-clocks.ts';
import { publishing } from './0014-publishing.ts';
import { offboarding } from './0015-offboarding.ts';
import { people } from './0016-people.ts';
import { keysAndAudit } from './0017-keys-and-audit.ts';
import { leaving } from './0018-leaving.ts';
import { dataLifecycle } from './0019-data-lifecycle.ts';
import { firstSteps } from './0020-first-steps.ts';
import { draftSimulations } from './0022-draft-simulations.ts';
import { lifecycle } from './0023-lifecycle.ts';
import { comparisonShares } from './0024-comparison-shares.ts';
import { personKeys } from './0025-person-keys.ts';
import { sessionProof } from './0026-session-proof.ts';
import { roomToUpdate } from './0027-room-to-update.ts';
import { comparisonPool } from './0028-comparison-pool.ts';

/** In the order of their names. One that was released is never changed: another is added. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-tables': tables,
  '0002-planner-statistics': plannerStatistics,
  '0003-row-security': rowSecurity,
  '0004-twins-and-orgs': twinsAndOrgs,
  '0005-slack-home': slackHome,
  '0006-poll-cursors': pollCursors,
  '0007-entry': entry,
  '0008-first-activity': firstActivity,
  '0009-owner-events': ownerEvents,
  '0010-installs': installs,
  '0011-urgent': urgent,
  '0012-adjustments': adjustments,
  '0013-sla-clocks': slaClocks,
  '0014-publishing': publishing,
  '0015-offboarding': offboarding,
  '0016-people': people,
  '0017-keys-and-audit': keysAndAudit,
  '0018-leaving': leaving,
  '0019-data-lifecycle': dataLifecycle,
  '0020-first-steps': firstSteps,
  '0022-draft-simulations': draftSimulations,
  '0023-lifecycle': lifecycle,
  '0024-comparison-shares': comparisonShares,
  '0025-person-keys': personKeys,
  '0026-session-proof': sessionProof,
  '0027-room-to-update': roomToUpdate,
  '0028-comparison-pool': comparisonPool,
};

/** The latest of them: what an export says its tables are like. */
export const SCHEMA_VERSION = Object.keys(MIGRATIONS).sort().at(-1) as string;

/** Any number, as long as every process of ours takes the same. */
const LOCK = 7_241_001;

const remedyFor = (error: unknown): string =>
  (error as { code?: string }).code === '42501'
    ? "The database user must own the database and may create roles; or have an administrator run 'create role fairlead_app nologin; create role fairlead_directory nologin; create role fairlead_lifecycle nologin; grant fairlead_app, fairlead_directory to fairlead_lifecycle; grant fairlead_app, fairlead_directory, fairlead_lifecycle to' that user."
    : 'Nothing of this step was changed. Correct the cause and start again.';

const failed = (error: unknown): AppError =>
  new AppError(
    'migration_failed',
    `The tables could not be brought up to date: ${(error as Error).message}. ${remedyFor(error)}`,
    { cause: error },
  );

/** Everything goes over the one client that holds the lock. */
const migratorOn = (client: PoolClient): Migrator => {
  const connection = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => connection, end: async () => undefined };
  return new Migrator({
    db: new Kysely({ dialect: new PostgresDialect({ pool: pool as unknown as Pool }) }),
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
  });
};

/** Each migration in a transaction of its own: some steps need what an earlier one did to be committed. */
const runPending = async (migrator: Migrator): Promise<void> => {
  for (const { name, executedAt } of await migrator.getMigrations()) {
    if (executedAt !== undefined) continue;
    const { error } = await migrator.migrateTo(name);
    if (error !== undefined) throw failed(error);
  }
};

/**
 * Brings the tables up to date. Of processes that start together one does it and the others wait for it.
 * Throws AppError `migration_failed`.
 */
export const migrate = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await runPending(migratorOn(client));
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).then(
      () => client.release(),
      (error: unknown) => client.release(error as Error),
    );
  }
};
