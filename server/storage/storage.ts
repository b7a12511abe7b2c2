import type { Work } from './driver/transaction.ts';

export type { Statement } from './driver/statement.ts';
export type { Pipeline, Trx, Work } from './driver/transaction.ts';

/**
 * The database. Every access is a transaction under a role that owns nothing: a tenant's, which row security holds
 * to that tenant's rows, or the directory's, which reaches only the tables that have no tenant yet.
 *
 * Inside the work use only the handle that it is given: another transaction asked for and awaited there would wait
 * for itself on the embedded database, which has one connection.
 */
export interface Storage {
  readonly kind: 'pglite' | 'postgresql';
  /** One transaction on a tenant's rows. Undone when the work rejects. */
  readonly withTenant: <T>(tenantId: string, work: Work<T>) => Promise<T>;
  /** One transaction on the directory tables. Undone when the work rejects. */
  readonly directory: <T>(work: Work<T>) => Promise<T>;
  /** One transaction that only reads, everything of a tenant, the directory's tables too, as it was at one moment. */
  readonly snapshot: <T>(tenantId: string, work: Work<T>) => Promise<T>;
  /** SQL as the owner of the database, for the job queue's own schema. Several statements where no values are given. */
  readonly executeSql: (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  /** Waits for transactions under way, then lets go of everything. */
  readonly close: () => Promise<void>;
}
