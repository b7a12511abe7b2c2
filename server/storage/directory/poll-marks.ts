import type { Storage } from '../storage.ts';

/** How far each connection has been looked through for changes: its connector's own cursor. */
export interface PollMarks {
  /** null: not yet. */
  readonly read: (connectionId: string) => Promise<string | null>;
  readonly write: (connectionId: string, cursor: string) => Promise<void>;
}

export const createPollMarks = (storage: Storage): PollMarks => ({
  read: (connectionId) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('poll_mark').select('cursor').where('connection_id', '=', connectionId);
      return (await found.executeTakeFirst())?.cursor ?? null;
    }),
  write: async (connectionId, cursor) => {
    await storage.directory((trx) =>
      trx
        .insertInto('poll_mark')
        .values({ connection_id: connectionId, cursor })
        .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ cursor }))
        .execute(),
    );
  },
});
