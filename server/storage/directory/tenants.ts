import type { Storage, Trx } from '../storage.ts';
import { addKey } from './api-keys.ts';

export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** The customers' workspaces. */
export interface Tenants {
  /** Makes a tenant and its lane. */
  readonly create: (tenant: Tenant) => Promise<void>;
  /**
   * Makes the tenant that a database begins with, and its key where one is given: whole, or not at all. Processes that
   * start at once make one. Its id.
   */
  readonly createFirst: (
    name: string,
    key?: { readonly name: string; readonly key: string },
  ) => Promise<string>;
  readonly find: (id: string) => Promise<Tenant | null>;
  /** Oldest first. */
  readonly list: () => Promise<readonly Tenant[]>;
  /** Likewise, without those that are to be deleted. */
  readonly listStaying: () => Promise<readonly Tenant[]>;
}

/** The same whichever process makes it, so that the second finds it made. */
const FIRST = { tenant: 'ten_first', key: 'key_first' } as const;

const all = (trx: Trx) => trx.selectFrom('tenant').select(['id', 'name']).orderBy('created_at').orderBy('id');

export const createTenants = (storage: Storage): Tenants => ({
  create: async ({ id, name }) => {
    await makeLane(storage, id);
    await storage.directory((trx) => trx.insertInto('tenant').values({ id, name }).execute());
  },
  createFirst: async (name, key) => {
    const id = FIRST.tenant;
    await makeLane(storage, id);
    await storage.directory(async (trx) => {
      const made = await trx
        .insertInto('tenant')
        .values({ id, name })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (key === undefined || made.numInsertedOrUpdatedRows === 0n) return;
      await addKey(trx, { tenantId: id, name: key.name, id: FIRST.key }, key.key);
    });
    return id;
  },
  find: async (id) =>
    (await storage.directory((trx) =>
      trx.selectFrom('tenant').select(['id', 'name']).where('id', '=', id).executeTakeFirst(),
    )) ?? null,
  list: () => storage.directory((trx) => all(trx).execute()),
  listStaying: () => storage.directory((trx) => all(trx).where('deletes_at', 'is', null).execute()),
});

/** Before its tenant: one that can be found has a lane. */
export const makeLane = async (storage: Storage, id: string): Promise<void> => {
  await storage.withTenant(id, (trx) =>
    trx
      .insertInto('lane')
      .values({ tenant_id: id })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
};
