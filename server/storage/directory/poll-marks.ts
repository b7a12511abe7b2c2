import type { PollMarks } from '../../rounds/poll-marks.ts';
import type { Storage } from '../storage.ts';

export const createPollMarks = (storage: Storage): PollMarks => ({
  read: (name) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('poll_mark').select('cursor').where('connection_id', '=', name);
      return (await found.executeTakeFirst())?.cursor ?? null;
    }),
  write: async (name, cursor) => {
    await storage.directory((trx) =>
      trx
        .insertInto('poll_mark')
        .values({ connection_id: name, cursor })
        .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ cursor }))
        .execute(),
    );
  },
  forget: async (name) => {
    await storage.directory((trx) => trx.deleteFrom('poll_mark').where('connection_id', '=', name).execute());
  },
});
