import type { Pool, PoolClient } from 'pg';

/** A lost connection fails the statements on it; the event that says so besides must have a listener. */
const heard = (): void => undefined;

/** Leaves the client outside any transaction, or gives it up. */
const giveBack = async (client: PoolClient, clean: boolean): Promise<void> => {
  try {
    // After an error the client's own idea of its state may be older than the error.
    if (!clean || client.getTransactionStatus() !== 'I') await client.query('rollback');
    client.off('error', heard).release();
  } catch (error) {
    client.off('error', heard).release(error as Error);
  }
};

/** Runs work with a client of the pool, and gives it back outside any transaction. */
export const withClient = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  client.on('error', heard);
  let clean = false;
  try {
    const result = await work(client);
    clean = true;
    return result;
  } finally {
    await giveBack(client, clean);
  }
};
