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
import type { ClientBase } from 'pg';
import { run } from './statement.ts';

const counted = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class SessionConnection implements DatabaseConnection {
  readonly #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await run(this.#client, query);
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

  constructor(client: ClientBase) {
    this.#connection = new SessionConnection(client);
  }

  readonly acquireConnection = (): Promise<DatabaseConnection> => Promise.resolve(this.#connection);
  readonly beginTransaction = alreadyOpen;
  readonly commitTransaction = alreadyOpen;
  readonly rollbackTransaction = alreadyOpen;
  readonly init = (): Promise<void> => Promise.resolve();
  readonly releaseConnection = (): Promise<void> => Promise.resolve();
  readonly destroy = (): Promise<void> => Promise.resolve();
}

/** Kysely on one client that is in a transaction, so that its queries join that transaction and no other. */
export const sessionDialect = (client: ClientBase): Dialect => ({
  createDriver: () => new SessionDriver(client),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
