import { sql } from 'kysely';
import type { ApiKeyView, KeyHolders, ApiKeys as Port } from '../../assignments/key-ports.ts';
import type { NewId } from '../../base/ids.ts';
import { ALL_PERMISSIONS, type Permission } from '../../base/permissions.ts';
import type { Storage, Trx } from '../storage.ts';
import { inMs } from './ends-by-itself.ts';
import { hashSecret, newSecret, prefixOf } from './secrets.ts';

/** Whom a key speaks for, and what it may. */
export interface KeyHolder {
  readonly tenantId: string;
  /** The key's name. */
  readonly name: string;
  readonly may: ReadonlySet<Permission>;
  /** Epoch milliseconds; null: it has no end. */
  readonly endsAt: number | null;
}

/** Whom a key that may do everything speaks for. */
export type HolderOfAll = Pick<KeyHolder, 'tenantId' | 'name'>;

/** Keys of the HTTP API. Only hashes of their secrets are stored. */
export interface ApiKeys extends Port, KeyHolders {
  /** Stores a key made elsewhere, which may do everything. */
  readonly add: (holder: HolderOfAll, key: string) => Promise<void>;
  /** null: unknown, over or revoked. That it was used is kept, to within minutes. */
  readonly find: (key: string) => Promise<KeyHolder | null>;
}

const now = sql<Date>`now()`;
/** Use is written down no oftener than this. */
const USED_AGAIN = sql<Date>`now() - interval '5 minutes'`;

export const createApiKeys = (storage: Storage, newId: NewId): ApiKeys => ({
  add: (holder, key) => storage.directory((trx) => addKey(trx, { ...holder, id: newId('key') }, key)),
  create: ({ tenantId, name, scopes, madeBy, expiresAt }) =>
    storage.directory(async (trx) => {
      const id = newId('key');
      // Two who take a name in the same moment come one after the other.
      await sql`select from tenant where id = ${tenantId} for update`.execute(trx);
      const named = trx.selectFrom('api_key').select('id').where('tenant_id', '=', tenantId);
      if ((await named.where('name', '=', name).executeTakeFirst()) !== undefined) return null;
      const row = { id, tenant_id: tenantId, name, scopes: JSON.stringify(scopes), made_by: madeBy };
      await trx
        .insertInto('api_key')
        .values({ ...row, expires_at: expiresAt })
        .execute();
      const key = newSecret('fl_');
      await addSecret(trx, { tenantId, id, madeBy }, key);
      return { id, key };
    }),
  list: (tenantId) => storage.directory((trx) => list(trx, tenantId)),
  rotate: (tenantId, id, { by, overlapMs }) =>
    storage.directory(async (trx) => {
      const standing = trx
        .selectFrom('api_key')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .forUpdate();
      if ((await standing.executeTakeFirst()) === undefined) return null;
      // One that was to end sooner still does.
      await trx
        .updateTable('api_key_secret')
        .set({ ends_at: sql`least(ends_at, ${inMs(overlapMs)})` })
        .where('key_id', '=', id)
        .execute();
      const key = newSecret('fl_');
      await addSecret(trx, { tenantId, id, madeBy: by }, key);
      return key;
    }),
  revoke: (tenantId, id) =>
    storage.directory(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('api_key')
        .set({ revoked_at: now })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    }),
  behind: (tenantId, subject) => storage.directory((trx) => behind(trx, tenantId, subject)),
  find: (key) =>
    storage.directory(async (trx) => {
      const row = await byHash(trx, hashSecret(key));
      if (row === undefined) return null;
      if (row.stale) await noteUse(trx, row.id);
      return {
        tenantId: row.tenantId,
        name: row.name,
        may: new Set(scopesOf(row.scopes)),
        endsAt: row.endsAt?.getTime() ?? null,
      };
    }),
});

/** Stores a key made elsewhere, which may do everything, in a transaction of the directory's. */
export const addKey = async (
  trx: Trx,
  { tenantId, name, id }: HolderOfAll & { readonly id: string },
  key: string,
): Promise<void> => {
  await trx.insertInto('api_key').values({ id, tenant_id: tenantId, name }).execute();
  await addSecret(trx, { tenantId, id, madeBy: null }, key);
};

const addSecret = async (
  trx: Trx,
  {
    tenantId,
    id,
    madeBy,
  }: { readonly tenantId: string; readonly id: string; readonly madeBy: string | null },
  key: string,
): Promise<void> => {
  const known = { hash: hashSecret(key), prefix: prefixOf(key) };
  const row = { ...known, tenant_id: tenantId, key_id: id, made_by: madeBy };
  await trx.insertInto('api_key_secret').values(row).execute();
};

/** A key was shown to whoever made it, and each secret to whoever asked for it: keys among those have makers too. */
const behind = async (trx: Trx, tenantId: string, subject: string): Promise<ReadonlySet<string>> => {
  const found = await sql<{ who: string }>`
    with recursive behind (who) as (
      select ${subject}::text
      union
      select shown.who
      from behind
      join api_key as key on key.tenant_id = ${tenantId} and 'key:' || key.name = behind.who
      cross join lateral (
        select key.made_by as who union all select made_by from api_key_secret where key_id = key.id) as shown
      where shown.who is not null)
    select who from behind`.execute(trx);
  return new Set(found.rows.map(({ who }) => who));
};

/** What is written is what was given: a word that is no permission any more permits nothing. */
const scopesOf = (scopes: readonly string[] | null): readonly Permission[] =>
  scopes === null ? ALL_PERMISSIONS : ALL_PERMISSIONS.filter((one) => scopes.includes(one));

const byHash = (trx: Trx, hash: string) =>
  trx
    .selectFrom('api_key_secret as secret')
    .innerJoin('api_key as key', 'key.id', 'secret.key_id')
    .select(['key.id', 'key.tenant_id as tenantId', 'key.name', 'key.scopes'])
    .select(sql<Date | null>`least(key.expires_at, secret.ends_at)`.as('endsAt'))
    .select(sql<boolean>`coalesce(key.last_used_at < ${USED_AGAIN}, true)`.as('stale'))
    .where('secret.hash', '=', hash)
    .where('key.revoked_at', 'is', null)
    .where(sql<boolean>`coalesce(least(key.expires_at, secret.ends_at) > now(), true)`)
    .executeTakeFirst();

const noteUse = async (trx: Trx, id: string): Promise<void> => {
  await trx.updateTable('api_key').set({ last_used_at: now }).where('id', '=', id).execute();
};

const list = async (trx: Trx, tenantId: string): Promise<readonly ApiKeyView[]> => {
  const keys = await trx
    .selectFrom('api_key')
    .selectAll()
    .select(sql<boolean>`coalesce(expires_at <= now(), false)`.as('over'))
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const secrets = await trx
    .selectFrom('api_key_secret')
    .select(['key_id', 'prefix', 'created_at', 'ends_at'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`coalesce(ends_at > now(), true)`)
    .orderBy('created_at', 'desc')
    .execute();
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    state: key.revoked_at !== null ? 'revoked' : key.over ? 'expired' : 'active',
    scopes: scopesOf(key.scopes),
    madeBy: key.made_by,
    createdAt: key.created_at.toISOString(),
    expiresAt: key.expires_at?.toISOString() ?? null,
    lastUsedAt: key.last_used_at?.toISOString() ?? null,
    secrets: secrets
      .filter(({ key_id }) => key_id === key.id)
      .map(({ prefix, created_at, ends_at }) => ({
        prefix,
        createdAt: created_at.toISOString(),
        endsAt: ends_at?.toISOString() ?? null,
      })),
  }));
};
