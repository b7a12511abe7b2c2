import type { Storage, Trx } from '../storage.ts';

export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** The customers' workspaces. */
export interface Tenants {
  /** Makes a tenant and its lane. */
  readonly create: (tenant: Tenant) => Promise<void>;
  readonly find: (id: string) => Promise<Tenant | null>;
  /** Oldest first. */
  readonly list: () => Promise<readonly Tenant[]>;
  /** Likewise, without those that are to be deleted. */
  readonly listStaying: () => Promise<readonly Tenant[]>;
}

const all = (trx: Trx) => trx.selectFrom('tenant').select(['id', 'name']).orderBy('created_at').orderBy('id');

export const createTenants = (storage: Storage): Tenants => ({
  create: async ({ id, name }) => {
    // The lane first: a tenant that can be found has one.
    await storage.withTenant(id, (trx) =>
      trx
        .insertInto('lane')
        .values({ tenant_id: id })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    await storage.directory((trx) => trx.insertInto('tenant').values({ id, name }).execute());
  },
  find: async (id) =>
    (await storage.directory((trx) =>
      trx.selectFrom('tenant').select(['id', 'name']).where('id', '=', id).executeTakeFirst(),
    )) ?? null,
  list: () => storage.directory((trx) => all(trx).execute()),
  listStaying: () => storage.directory((trx) => all(trx).where('deletes_at', 'is', null).execute()),
});
