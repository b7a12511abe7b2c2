import { expect, test } from 'vitest';
import { AppError } from '../../server/base/app-error.ts';
import { openGrant, sealGrant } from '../../server/installs/grants.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { installContext } from '../../server/installs/oauth/install-store.ts';
import { readPushRoot } from '../../server/installs/push-root.ts';
import { requireKeys } from '../../server/installs/require-keys.ts';
import { resealAll } from '../../server/installs/reseal.ts';
import type { SealedStore } from '../../server/installs/sealed-store.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createConnectionStore } from '../../server/storage/directory/connections.ts';
import { createInstallStore } from '../../server/storage/directory/installs.ts';
import { createSealedStore } from '../../server/storage/directory/sealed-values.ts';
import { createTenants } from '../../server/storage/directory/tenants.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const ring = (...ids: readonly string[]) =>
  readKeyring(ids.map((id) => `${id}:${Buffer.alloc(32, id).toString('base64')}`).join());
const OLD = ring('old');
const BOTH = ring('new', 'old');
const NEW = ring('new');
const ACCOUNTS = 250;
const grantOf = (n: number) => ({
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  obtainedAt: 0,
  expiresAt: null,
});

/** Accounts, an install under way and the root of push secrets, all sealed with the old key. */
const setUp = async (storage: Storage) => {
  await createTenants(storage).create({ id: 't', name: 'Acme' });
  const vault = createVault(OLD);
  const connections = createConnectionStore(storage);
  for (let n = 0; n < ACCOUNTS; n++) {
    const row = { id: `con_${n}`, tenantId: 't' };
    await connections.put({
      ...row,
      vendor: 'hubspot',
      externalId: String(n),
      name: 'Acme',
      scopes: '',
      settings: {},
      tokens: await sealGrant(vault, row, grantOf(n)),
      tokensExpireAt: null,
    });
  }
  const details = await vault.seal(installContext('t', 'hash'), '{}');
  const install = { tenantId: 't', vendor: 'hubspot' as const, browser: 'b', details };
  await createInstallStore(storage).putUnderWay('hash', install, 60_000);
  const store = createSealedStore(storage);
  const root = await readPushRoot(store, vault);
  return { store, connections, root };
};

const run = (store: SealedStore, keys = BOTH, forget = false) =>
  resealAll({ store, vault: createVault(keys), forget, step: () => undefined });

eachDatabase('sealing anew', (open) => {
  test('leaves nothing to the old key, and everything as it was', async () => {
    const { storage } = await open();
    const { store, connections, root } = await setUp(storage);
    await requireKeys(store, BOTH);
    await expect(requireKeys(store, NEW)).rejects.toMatchObject({
      code: 'unknown_key',
      message: expect.stringContaining(`old (${ACCOUNTS + 2})`),
    });
    expect(await store.count()).toBe(ACCOUNTS + 2);
    expect(await run(store)).toEqual({ fresh: 0, resealed: ACCOUNTS + 2, forgotten: 0, failed: [] });
    await requireKeys(store, NEW);
    const vault = createVault(NEW);
    for (const n of [0, ACCOUNTS - 1])
      expect(await openGrant(vault, (await connections.byId(`con_${n}`))!)).toEqual(grantOf(n));
    const install = await createInstallStore(storage).takeUnderWay('hash');
    expect(await vault.open(installContext('t', 'hash'), install!.details)).toBe('{}');
    expect(await readPushRoot(store, vault)).toEqual(root);
    expect(await run(store)).toEqual({ fresh: ACCOUNTS + 1, resealed: 0, forgotten: 0, failed: [] });
  });

  test('overwrites nothing that is refreshed in the same moment', async () => {
    const { storage } = await open();
    const { store, connections } = await setUp(storage);
    const refreshed = { ...grantOf(7), refreshToken: 'rotated' };
    const row = (await connections.byId('con_7'))!;
    let between = false;
    const racing: SealedStore = {
      ...store,
      replace: async (value, sealed) => {
        if (value.key === 'con_7' && !between) {
          between = true;
          // By a process that seals with the old key still.
          await connections.setTokens(
            row.id,
            row.generation,
            await sealGrant(createVault(OLD), row, refreshed),
            null,
          );
        }
        return store.replace(value, sealed);
      },
    };
    expect(await run(racing)).toMatchObject({ resealed: ACCOUNTS + 2, failed: [] });
    expect(between).toBe(true);
    expect(await openGrant(createVault(NEW), (await connections.byId('con_7'))!)).toEqual(refreshed);
  });

  test('says what it cannot open, and gives it up only where that is asked', async () => {
    const { storage } = await open();
    const { store, connections, root } = await setUp(storage);
    const lost = await run(store, NEW);
    expect(lost).toMatchObject({ fresh: 0, resealed: 0, forgotten: 0 });
    expect(lost.failed).toHaveLength(ACCOUNTS + 2);
    expect(lost.failed[0]!.error).toBeInstanceOf(AppError);
    expect(await run(store, NEW, true)).toEqual({
      fresh: 0,
      resealed: 0,
      forgotten: ACCOUNTS + 2,
      failed: [],
    });
    await requireKeys(store, NEW);
    expect(await connections.byId('con_3')).toMatchObject({ tokens: null, status: 'needs_reconnecting' });
    expect(await readPushRoot(store, createVault(NEW))).not.toEqual(root);
  });

  test('the root of push secrets is one, whichever process makes it', async () => {
    const store = createSealedStore((await open()).storage);
    const roots = await Promise.all([1, 2, 3].map(() => readPushRoot(store, createVault(OLD))));
    expect(roots).toEqual([roots[0], roots[0], roots[0]]);
    // Sealed with the key that is to stay as soon as it is read.
    expect(await readPushRoot(store, createVault(BOTH))).toEqual(roots[0]);
    await requireKeys(store, NEW);
  });
});
