import type { Storage } from '../storage.ts';
import { hashSecret, newSecret } from './secrets.ts';

export interface KeyHolder {
  readonly tenantId: string;
  /** The key's name. */
  readonly name: string;
}

/** Keys of the HTTP API. Only their hashes are stored. */
export interface ApiKeys {
  /** Makes a key: `fl_` and 32 random bytes. It cannot be shown again. */
  readonly create: (holder: KeyHolder) => Promise<string>;
  /** Stores a key made elsewhere. */
  readonly add: (holder: KeyHolder, key: string) => Promise<void>;
  /** null: unknown or revoked. */
  readonly find: (key: string) => Promise<KeyHolder | null>;
  readonly revoke: (key: string) => Promise<void>;
}

export const createApiKeys = (storage: Storage): ApiKeys => {
  const add = async ({ tenantId, name }: KeyHolder, key: string): Promise<void> => {
    await storage.directory((trx) =>
      trx
        .insertInto('api_key')
        .values({ hash: hashSecret(key), tenant_id: tenantId, name })
        .execute(),
    );
  };
  return {
    add,
    create: async (holder) => {
      const key = newSecret('fl_');
      await add(holder, key);
      return key;
    },
    find: async (key) =>
      (await storage.directory((trx) =>
        trx
          .selectFrom('api_key')
          .select(['tenant_id as tenantId', 'name'])
          .where('hash', '=', hashSecret(key))
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      )) ?? null,
    revoke: async (key) => {
      await storage.directory((trx) =>
        trx
          .updateTable('api_key')
          .set({ revoked_at: new Date() })
          .where('hash', '=', hashSecret(key))
          .execute(),
      );
    },
  };
};
