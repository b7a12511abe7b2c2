import type { Storage } from '../storage.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** What an org shows when its code calls us: one per connection. Only hashes are stored. */
export interface OrgCredentials {
  /** Makes a credential, `flo_` and 32 random bytes; the one before ends. It cannot be shown again. */
  readonly issue: (connectionId: string) => Promise<string>;
  /** Whether a connection has one. */
  readonly has: (connectionId: string) => Promise<boolean>;
  /** The connection it belongs to; null: unknown or revoked. */
  readonly find: (credential: string) => Promise<string | null>;
}

export const createOrgCredentials = (storage: Storage): OrgCredentials => ({
  issue: async (connectionId) => {
    const credential = newSecret('flo_');
    await storage.directory(async (trx) => {
      const standing = trx.updateTable('org_credential').set({ revoked_at: new Date() });
      await standing.where('connection_id', '=', connectionId).where('revoked_at', 'is', null).execute();
      const row = { hash: hashSecret(credential), connection_id: connectionId };
      await trx.insertInto('org_credential').values(row).execute();
    });
    return credential;
  },
  has: (connectionId) =>
    storage.directory(async (trx) => {
      const standing = trx.selectFrom('org_credential').select('hash').where('revoked_at', 'is', null);
      return (await standing.where('connection_id', '=', connectionId).executeTakeFirst()) !== undefined;
    }),
  find: (credential) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('org_credential').select('connection_id').where('revoked_at', 'is', null);
      const row = await found.where('hash', '=', hashSecret(credential)).executeTakeFirst();
      return row?.connection_id ?? null;
    }),
});
