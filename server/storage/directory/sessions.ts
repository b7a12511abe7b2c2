import { sql } from 'kysely';
import type { Storage } from '../storage.ts';
import { hashSecret, newSecret } from './secrets.ts';

export interface SessionHolder {
  readonly tenantId: string;
  readonly subject: string;
  readonly role: string;
}

/** Browsers signed in to the console. Only hashes are stored, so a session can be ended and never be read back. */
export interface Sessions {
  /** Returns the token that the browser keeps. */
  readonly open: (holder: SessionHolder, lastsMs: number) => Promise<string>;
  /** null: unknown or over. */
  readonly find: (token: string) => Promise<SessionHolder | null>;
  readonly end: (token: string) => Promise<void>;
}

export const createSessions = (storage: Storage): Sessions => ({
  open: async ({ tenantId, subject, role }, lastsMs) => {
    const token = newSecret('fs_');
    await storage.directory(async (trx) => {
      await trx.deleteFrom('session').where('expires_at', '<=', sql<Date>`now()`).execute();
      const expires_at = sql<Date>`now() + ${lastsMs} * interval '1 millisecond'`;
      await trx
        .insertInto('session')
        .values({ hash: hashSecret(token), tenant_id: tenantId, subject, role, expires_at })
        .execute();
    });
    return token;
  },
  find: async (token) =>
    (await storage.directory((trx) =>
      trx
        .selectFrom('session')
        .select(['tenant_id as tenantId', 'subject', 'role'])
        .where('hash', '=', hashSecret(token))
        .where('expires_at', '>', sql<Date>`now()`)
        .executeTakeFirst(),
    )) ?? null,
  end: async (token) => {
    await storage.directory((trx) =>
      trx.deleteFrom('session').where('hash', '=', hashSecret(token)).execute(),
    );
  },
});
