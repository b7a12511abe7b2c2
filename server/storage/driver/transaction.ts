import { Kysely } from 'kysely';
import type { Pool, QueryResult } from 'pg';
import { AppError } from '../../base/app-error.ts';
import type { Schema } from '../schema.ts';
import { createSession, type Session } from './session.ts';
import { sessionDialect } from './session-dialect.ts';
import type { Statement } from './statement.ts';
import { withClient } from './with-client.ts';

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

const inOneTrip = async (
  session: Session,
  statements: readonly Statement[],
): Promise<readonly QueryResult[]> => {
  const sent = statements.map(session.run);
  await Promise.allSettled(sent);
  return Promise.all(sent);
};

const BEGIN: Statement = { sql: 'begin', parameters: [] };
/** Every statement of the transaction sees the same moment. */
export const BEGIN_SNAPSHOT: Statement = {
  sql: 'begin isolation level repeatable read read only',
  parameters: [],
};
const COMMIT: Statement = { sql: 'commit', parameters: [] };

const checkCommitted = (result: QueryResult | undefined): void => {
  if (result?.command === 'COMMIT') return;
  throw new AppError(
    'transaction_undone',
    'The database undid the transaction because a statement in it failed.',
  );
};

const commitWith = async (
  session: Session,
  statements: readonly Statement[],
): Promise<readonly QueryResult[]> => {
  const results = inOneTrip(session, [...statements, COMMIT]);
  // What is asked for from here on would come after the commit.
  session.end();
  checkCommitted((await results).at(-1));
  return (await results).slice(0, -1);
};

/**
 * Runs work in one transaction. `begin` and `setup` are not waited for: they travel with the first statement of the
 * work. The transaction is undone when the work rejects.
 */
export const inTransaction = <T>(
  pool: Pool,
  setup: readonly Statement[],
  work: Work<T>,
  begin: Statement = BEGIN,
): Promise<T> =>
  withClient(pool, async (client) => {
    const session = createSession(client);
    try {
      const opened = inOneTrip(session, [begin, ...setup]);
      const trx = new Kysely<Schema>({ dialect: sessionDialect(session) });
      const tx: Pipeline = {
        pipeline: (statements) => inOneTrip(session, statements),
        commit: (statements) => commitWith(session, statements),
      };
      // Through an async function: whatever it throws is a rejection.
      const working = (async () => work(trx, tx))();
      await Promise.allSettled([opened, working]);
      // When the setup fails so does every statement after it: its error is the one to report.
      await opened;
      const result = await working;
      if (!session.ended()) await commitWith(session, []);
      return result;
    } finally {
      session.end();
    }
  });
