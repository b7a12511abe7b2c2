import type { Storage } from '../storage.ts';

/** How far each connection has been looked through for changes, in epoch milliseconds. */
export interface PollMarks {
  /** null: not yet. */
  readonly read: (connectionId: string) => Promise<number | null>;
  readonly write: (connectionId: string, nextFrom: number) => Promise<void>;
}

export const createPollMarks = (storage: Storage): PollMarks => ({
  read: (connectionId) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('poll_mark').select('next_from').where('connection_id', '=', connectionId);
      return (await found.executeTakeFirst())?.next_from.getTime() ?? null;
    }),
  write: async (connectionId, nextFrom) => {
    const next_from = new Date(nextFrom);
    await storage.directory((trx) =>
      trx
        .insertInto('poll_mark')
        .values({ connection_id: connectionId, next_from })
        .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ next_from }))
        .execute(),
    );
  },
});
