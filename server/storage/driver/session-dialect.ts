import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Session } from './session.ts';

const counted = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class SessionConnection implements DatabaseConnection {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#session.run(query);
    return counted.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; there is nothing to give.
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('A transaction reads whole results; page with a limit instead.');
  }
}

const alreadyOpen = (): Promise<never> =>
  Promise.reject(new Error('The transaction is open already: use the handle you were given.'));

class SessionDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(session: Session) {
    this.#connection = new SessionConnection(session);
  }

  readonly acquireConnection = (): Promise<DatabaseConnection> => Promise.resolve(this.#connection);
  readonly beginTransaction = alreadyOpen;
  readonly commitTransaction = alreadyOpen;
  readonly rollbackTransaction = alreadyOpen;
  readonly init = (): Promise<void> => Promise.resolve();
  readonly releaseConnection = (): Promise<void> => Promise.resolve();
  readonly destroy = (): Promise<void> => Promise.resolve();
}

/** Kysely within one transaction: its queries join that one and no other. */
export const sessionDialect = (session: Session): Dialect => ({
  createDriver: () => new SessionDriver(session),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
