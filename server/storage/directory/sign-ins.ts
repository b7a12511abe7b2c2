import { sql } from 'kysely';
import type { SignInStore } from '../../installs/sign-in/people-book.ts';
import type { Storage } from '../storage.ts';
import { inMs, standing } from './ends-by-itself.ts';

/** Sign-ins under way in the directory. What is over is cleared away as others come. */
export const createSignInStore = (storage: Storage): SignInStore => ({
  put: (hash, signIn, lastsMs) =>
    storage.directory(async (trx) => {
      await trx.deleteFrom('sign_in').where('expires_at', '<=', sql<Date>`now()`).execute();
      await trx
        .insertInto('sign_in')
        .values({ hash, ...signIn, expires_at: inMs(lastsMs) })
        .execute();
    }),
  take: (hash) =>
    storage.directory(async (trx) => {
      const row = await trx
        .deleteFrom('sign_in')
        .where('hash', '=', hash)
        .returning(['provider', 'browser', 'details', standing.as('standing')])
        .executeTakeFirst();
      if (!row?.standing) return null;
      const { provider, browser, details } = row;
      return { provider, browser, details };
    }),
  useLink: (hash, expiresAt) =>
    storage.directory(async (trx) => {
      await trx.deleteFrom('used_link').where('expires_at', '<=', sql<Date>`now()`).execute();
      const added = await trx
        .insertInto('used_link')
        .values({ hash, expires_at: new Date(expiresAt) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    }),
});
