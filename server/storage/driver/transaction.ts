import { Kysely } from 'kysely';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { AppError } from '../../base/app-error.ts';
import type { Schema } from '../schema.ts';
import { sessionDialect } from './session-dialect.ts';
import { run, type Statement } from './statement.ts';

/** Queries of the transaction at hand. */
export type Trx = Kysely<Schema>;

/** Ways to send several statements in one round trip. */
export interface Pipeline {
  /** Runs statements in order in one round trip; rejects with the first error, and the transaction is then lost. */
  readonly pipeline: (statements: readonly Statement[]) => Promise<readonly QueryResult[]>;
  /** The last statements and the commit in one round trip. Nothing may be asked of the transaction afterwards. */
  readonly commit: (statements: readonly Statement[]) => Promise<readonly QueryResult[]>;
}

export type Work<T> = (trx: Trx, tx: Pipeline) => Promise<T>;

const handles = new WeakMap<PoolClient, Trx>();

const handleOf = (client: PoolClient): Trx => {
  const handle = handles.get(client) ?? new Kysely<Schema>({ dialect: sessionDialect(client) });
  handles.set(client, handle);
  return handle;
};

const inOneTrip = async (
  client: PoolClient,
  statements: readonly Statement[],
): Promise<readonly QueryResult[]> => {
  const sent = statements.map((statement) => run(client, statement));
  await Promise.allSettled(sent);
  return Promise.all(sent);
};

const BEGIN: Statement = { sql: 'begin', parameters: [] };
const COMMIT: Statement = { sql: 'commit', parameters: [] };

const undone = (): AppError =>
  new AppError('transaction_undone', 'The database undid the transaction because a statement in it failed.');

const checkCommitted = (result: QueryResult | undefined): void => {
  if (result?.command !== 'COMMIT') throw undone();
};

/** Leaves the client outside any transaction, or gives it up. */
const giveBack = async (client: PoolClient): Promise<void> => {
  try {
    if (client.getTransactionStatus() !== 'I') await client.query('rollback');
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
};

/**
 * Runs work in one transaction. `begin` and `setup` are not waited for: they travel with the first statement of the
 * work. The transaction is undone when the work rejects.
 */
export const inTransaction = async <T>(
  pool: Pool,
  setup: readonly Statement[],
  work: Work<T>,
): Promise<T> => {
  const client = await pool.connect();
  try {
    const opened = inOneTrip(client, [BEGIN, ...setup]);
    opened.catch(() => undefined);
    let committed = false;
    const commit = async (statements: readonly Statement[]): Promise<readonly QueryResult[]> => {
      committed = true;
      const results = await inOneTrip(client, [...statements, COMMIT]);
      checkCommitted(results.at(-1));
      return results.slice(0, -1);
    };
    const pipeline = (statements: readonly Statement[]): Promise<readonly QueryResult[]> =>
      inOneTrip(client, statements);
    const working = work(handleOf(client), { pipeline, commit });
    working.catch(() => undefined);
    // When the setup fails so does every statement after it: its error is the one to report.
    await opened;
    const result = await working;
    if (!committed) await commit([]);
    return result;
  } finally {
    await giveBack(client);
  }
};
