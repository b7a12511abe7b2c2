import pg from 'pg';
import { AppError } from '../base/app-error.ts';
import { columnTypes } from './driver/column-types.ts';
import { openPglite } from './driver/pglite.ts';
import { keepTidy } from './driver/tidy.ts';
import { BEGIN_SNAPSHOT, inTransaction } from './driver/transaction.ts';
import { withClient } from './driver/with-client.ts';
import { migrate } from './migrations/migrate.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  /** A PostgreSQL 15 or newer. Without it the database is embedded. */
  readonly databaseUrl?: string;
  /** Where the embedded database lies; without it the data is in memory and gone at the end. */
  readonly dataDir?: string;
  /** A migrated data directory as a tar archive, to start a database in memory from. */
  readonly snapshot?: Uint8Array<ArrayBuffer>;
  /** Connections to PostgreSQL; default 10. The embedded database has one. */
  readonly connections?: number;
  /** Whether to bring the tables up to date; default true. */
  readonly migrate?: boolean;
  /** Told when a connection is lost while nobody uses it. */
  readonly onError?: (error: Error) => void;
}

/** How long a transaction waits for a connection before it is told that there is none. Milliseconds. */
const PATIENCE = 30_000;

interface Opened {
  readonly kind: Storage['kind'];
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

const poolOf = (config: pg.PoolConfig, onError: StorageOptions['onError']): pg.Pool => {
  const pool = new pg.Pool({
    types: columnTypes,
    pipeline: true,
    connectionTimeoutMillis: PATIENCE,
    application_name: 'fairlead',
    ...config,
  });
  pool.on('error', (error) => onError?.(error));
  return pool;
};

const openEmbedded = async (options: StorageOptions): Promise<Opened> => {
  const { dataDir, snapshot } = options;
  const thread = await openPglite({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  const config = { user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 };
  const pool = poolOf({ ...config, stream: () => thread.socket() as never }, options.onError);
  const endTidying = keepTidy(pool, (error) => options.onError?.(error));
  return {
    kind: 'pglite',
    pool,
    close: async () => {
      await endTidying();
      await pool.end();
      await thread.close();
    },
  };
};

const openServer = async (databaseUrl: string, options: StorageOptions): Promise<Opened> => {
  const pool = poolOf({ connectionString: databaseUrl, max: options.connections ?? 10 }, options.onError);
  return { kind: 'postgresql', pool, close: () => pool.end() };
};

const unreachable = (cause: unknown): AppError =>
  new AppError('database_unreachable', `The database does not answer: ${(cause as Error).message}`, {
    retryable: true,
    cause,
  });

/**
 * A transaction of which nothing is heard for so long is of a machine that died: it ends, and its locks with it. Nothing
 * of ours waits for anybody in between; without it the lane would stand until the connection is given up, hours later.
 */
const PATIENT = `set_config('idle_in_transaction_session_timeout', '1min', true)`;
const AS_DIRECTORY = {
  sql: `select set_config('role', 'fairlead_directory', true), ${PATIENT}`,
  parameters: [],
};
const asRole = (role: string, tenantId: string) => ({
  sql: `select set_config('role', '${role}', true), set_config('fairlead.tenant', $1, true), ${PATIENT}`,
  parameters: [tenantId],
});

const storageOn = ({ kind, pool, close }: Opened): Storage => ({
  kind,
  withTenant: (tenantId, work) => inTransaction(pool, [asRole('fairlead_app', tenantId)], work),
  directory: (work) => inTransaction(pool, [AS_DIRECTORY], work),
  snapshot: (tenantId, work) =>
    inTransaction(pool, [asRole('fairlead_lifecycle', tenantId)], work, BEGIN_SNAPSHOT),
  executeSql: async (text, values = []) => {
    // Several statements come back as several results; their rows belong together.
    const result = await withClient(pool, (client) => client.query(text, values as unknown[]));
    return { rows: [result].flat().flatMap(({ rows }) => rows) };
  },
  ping: async () => {
    await withClient(pool, (client) => client.query('select 1')).catch((error: unknown) => {
      throw unreachable(error);
    });
  },
  close,
});

/** Opens the database, makes it where there is none, and brings its tables up to date. */
export const openStorage = async (options: StorageOptions = {}): Promise<Storage> => {
  const { databaseUrl } = options;
  const opened = await (databaseUrl === undefined ? openEmbedded(options) : openServer(databaseUrl, options));
  try {
    if (options.migrate ?? true) await migrate(opened.pool);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return storageOn(opened);
};
