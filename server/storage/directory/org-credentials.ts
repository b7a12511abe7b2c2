import { sql } from 'kysely';
import type { Storage, Trx } from '../storage.ts';
import { inMs } from './ends-by-itself.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** What an org shows when its code calls us. Only hashes are stored. */
export interface OrgCredentials {
  /**
   * Makes a credential, `flo_` and 32 random bytes; those before end after `overlapMs`, or earlier where they were to.
   * It cannot be shown again.
   */
  readonly issue: (connectionId: string, overlapMs: number) => Promise<string>;
  /** Whether a connection has one. */
  readonly has: (connectionId: string) => Promise<boolean>;
  /** The connection it belongs to; null: unknown or over. */
  readonly find: (credential: string) => Promise<string | null>;
}

const standing = sql<boolean>`coalesce(revoked_at > now(), true)`;

export const createOrgCredentials = (storage: Storage): OrgCredentials => ({
  issue: async (connectionId, overlapMs) => {
    const credential = newSecret('flo_');
    await storage.directory(async (trx) => {
      await endStanding(trx, connectionId, overlapMs);
      const row = { hash: hashSecret(credential), connection_id: connectionId };
      await trx.insertInto('org_credential').values(row).execute();
    });
    return credential;
  },
  has: (connectionId) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('org_credential').select('hash').where(standing);
      return (await found.where('connection_id', '=', connectionId).executeTakeFirst()) !== undefined;
    }),
  find: (credential) =>
    storage.directory(async (trx) => {
      const found = trx.selectFrom('org_credential').select('connection_id').where(standing);
      const row = await found.where('hash', '=', hashSecret(credential)).executeTakeFirst();
      return row?.connection_id ?? null;
    }),
});

const endStanding = async (trx: Trx, connectionId: string, overlapMs: number): Promise<void> => {
  await trx
    .updateTable('org_credential')
    .set({ revoked_at: inMs(overlapMs) })
    .where('connection_id', '=', connectionId)
    .where(sql<boolean>`coalesce(revoked_at > ${inMs(overlapMs)}, true)`)
    .execute();
};
