import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RefreshReply } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createConnections, type NewConnection } from '../../server/installs/connections.ts';
import { openGrant } from '../../server/installs/grants.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createAccessTokens } from '../../server/installs/tokens.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createAlertStore } from '../../server/storage/alert-store.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { createConnectionStore } from '../../server/storage/directory/connections.ts';
import { createKnownPeople } from '../../server/storage/directory/known-people.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const MINUTE = 60_000;

const account: NewConnection = {
  vendor: 'hubspot',
  externalId: '4242',
  name: 'Acme',
  scopes: ['oauth'],
  tokens: { accessToken: 'access-0', refreshToken: 'refresh-0', expiresIn: 1800 },
  settings: {},
};

const toStore = {
  vendor: account.vendor,
  externalId: account.externalId,
  name: account.name,
  scopes: 'oauth',
  settings: {},
  tokens: null,
  tokensExpireAt: null,
};

/** Two processes on one database, with a vendor that the test answers for. */
const setUp = async (storage: Storage) => {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const clock = { now: () => now };
  const store = createConnectionStore(storage);
  const vault = createVault(readKeyring(`a:${randomBytes(32).toString('base64')}`));
  const alerts = createAlertStore(storage, makeNewId());
  const vendor = {
    asked: [] as string[],
    answer: (refreshToken: string): Promise<RefreshReply> =>
      Promise.resolve({
        ok: true,
        accessToken: `access after ${refreshToken}`,
        refreshToken: 'refresh-1',
        expiresInMs: 30 * MINUTE,
      }),
  };
  const refresher = {
    vendor: 'hubspot' as const,
    refresh: (token: string | null) => {
      vendor.asked.push(token ?? '');
      return vendor.answer(token ?? '');
    },
  };
  const processOf = (holder: string) =>
    createAccessTokens({
      connections: store,
      vault,
      leases: createLeases(storage, holder),
      alerts,
      refreshers: [refresher],
      clock,
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    });
  await storage.directory((trx) => trx.insertInto('tenant').values({ id: 't', name: 'T' }).execute());
  const identities = createRepIdentities(storage);
  const connections = createConnections({
    store,
    vault,
    alerts,
    clock,
    newId: makeNewId(),
    readers: [],
    reps: createReps(storage),
    identities,
    people: createKnownPeople(storage),
  });
  const { id } = await connections.put('t', account);
  const openAlerts = () =>
    storage.withTenant('t', (trx) =>
      trx.selectFrom('alert').select(['kind', 'subject']).where('closed_at', 'is', null).execute(),
    );
  return {
    id,
    store,
    vault,
    vendor,
    connections,
    openAlerts,
    one: processOf('one'),
    two: processOf('two'),
    pass: (ms: number) => (now += ms),
  };
};

eachDatabase('access tokens', (open) => {
  test('are given while they hold, without asking the vendor', async () => {
    const { id, one, vendor, pass } = await setUp((await open()).storage);
    expect(await one.get(id)).toBe('access-0');
    pass(23 * MINUTE);
    expect(await one.get(id)).toBe('access-0');
    expect(vendor.asked).toEqual([]);
  });

  test('are refreshed ahead of their end, once, whoever asks', async () => {
    const { id, one, two, vendor, pass } = await setUp((await open()).storage);
    pass(26 * MINUTE);
    const tokens = await Promise.all([one.get(id), one.get(id), two.get(id), two.get(id)]);
    expect(vendor.asked).toEqual(['refresh-0']);
    expect(new Set(tokens)).toEqual(
      new Set(['access after refresh-0', ...tokens.filter((token) => token === 'access-0')]),
    );
    expect(await one.get(id)).toBe('access after refresh-0');
  });

  test('a rotated refresh token is stored before its access token is used', async () => {
    const { id, one, two, store, vault, vendor, pass } = await setUp((await open()).storage);
    pass(26 * MINUTE);
    await one.get(id);
    const row = await store.byId(id);
    expect(await openGrant(vault, row!)).toMatchObject({
      accessToken: 'access after refresh-0',
      refreshToken: 'refresh-1',
    });
    pass(26 * MINUTE);
    await two.get(id);
    expect(vendor.asked).toEqual(['refresh-0', 'refresh-1']);
  });

  test('a token that the vendor refused before its time is replaced', async () => {
    const { id, one, vendor } = await setUp((await open()).storage);
    const token = await one.get(id);
    await one.refused(id, token);
    expect(await one.get(id)).toBe('access after refresh-0');
    expect(vendor.asked).toEqual(['refresh-0']);
  });

  test('while the vendor is down the old token serves until its end', async () => {
    const { id, one, vendor, pass, openAlerts } = await setUp((await open()).storage);
    vendor.answer = () =>
      Promise.reject(new AppError('vendor_down', 'HubSpot answered 503.', { retryable: true }));
    pass(26 * MINUTE);
    expect(await one.get(id)).toBe('access-0');
    pass(3.5 * MINUTE);
    await expect(one.get(id)).rejects.toMatchObject({ code: 'vendor_down' });
    expect(await openAlerts()).toEqual([]);
  });

  test('a grant that was withdrawn needs a person: said once, and over when they connect again', async () => {
    const { id, one, two, vendor, store, connections, openAlerts, pass } = await setUp(
      (await open()).storage,
    );
    vendor.answer = () => Promise.resolve({ ok: false, code: 'invalid_grant' });
    pass(26 * MINUTE);
    await expect(one.get(id)).rejects.toMatchObject({ code: 'needs_reconnecting' });
    await expect(two.get(id)).rejects.toMatchObject({ code: 'needs_reconnecting' });
    expect(vendor.asked).toHaveLength(1);
    expect((await store.byId(id))?.status).toBe('needs_reconnecting');
    expect(await openAlerts()).toEqual([{ kind: 'connection_broken', subject: id }]);
    expect(await connections.put('t', account)).toEqual({ id });
    expect(await store.byId(id)).toMatchObject({ status: 'active', generation: 2 });
    expect(await openAlerts()).toEqual([]);
    expect(await one.get(id)).toBe('access-0');
  });

  test('what the vendor says anew of the account stands beside its other settings', async () => {
    const { id, one, store, vendor, connections, pass } = await setUp((await open()).storage);
    await connections.put('t', { ...account, settings: { apiDomain: 'https://old', admins: ['a'] } });
    pass(26 * MINUTE);
    vendor.answer = async () => ({
      ok: true,
      accessToken: 'access-1',
      refreshToken: null,
      expiresInMs: 30 * MINUTE,
      settings: { apiDomain: 'https://new' },
    });
    await one.get(id);
    expect((await store.byId(id))?.settings).toEqual({ apiDomain: 'https://new', admins: ['a'] });
  });

  test('tokens of a connection made anew are never overwritten by an older refresh', async () => {
    const { id, one, vendor, connections, pass } = await setUp((await open()).storage);
    pass(26 * MINUTE);
    vendor.answer = async () => {
      await connections.put('t', { ...account, tokens: { ...account.tokens, accessToken: 'access-new' } });
      return { ok: true, accessToken: 'stale', refreshToken: 'stale', expiresInMs: MINUTE };
    };
    expect(await one.get(id)).toBe('access-new');
    expect(await one.get(id)).toBe('access-new');
  });

  test.each([
    ['was disconnected and left', 'disconnected'],
    ['was removed at the vendor', 'uninstalled'],
  ] as const)('of an account that %s meanwhile are not kept', async (_how, status) => {
    const { id, one, store, vendor, pass } = await setUp((await open()).storage);
    pass(26 * MINUTE);
    vendor.answer = async () => {
      const row = (await store.byId(id))!;
      if (status === 'uninstalled') await store.end({ id, generation: row.generation }, status);
      else {
        await store.leave(row, { by: 'x', at: 0, left: [], byHand: [], attempts: 0 });
        await store.keepLeaving(row, null, null);
      }
      return { ok: true, accessToken: 'late', refreshToken: 'late', expiresInMs: MINUTE };
    };
    await expect(one.get(id)).rejects.toMatchObject({ code: 'needs_reconnecting' });
    expect(await store.byId(id)).toMatchObject({ status, tokens: null });
    // Another workspace may connect the account where this one let it go.
    const taken = await store.put({ ...toStore, id: 'con_other', tenantId: 'other' });
    expect(taken?.id ?? null).toBe(status === 'disconnected' ? 'con_other' : null);
  });

  test('are kept while the account is being left: its vendor is told with the newest', async () => {
    const { id, one, store, vault, vendor, pass } = await setUp((await open()).storage);
    pass(26 * MINUTE);
    const row = (await store.byId(id))!;
    await store.leave(row, { by: 'x', at: 0, left: ['permission'], byHand: [], attempts: 0 });
    expect(await one.get(id)).toBe('access after refresh-0');
    expect(await openGrant(vault, (await store.byId(id))!)).toMatchObject({ refreshToken: 'refresh-1' });
    expect(vendor.asked).toEqual(['refresh-0']);
  });
});
