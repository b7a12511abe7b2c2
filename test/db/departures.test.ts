import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LeaveWay } from '../../server/assignments/leave-ports.ts';
import { type Grant, sealGrant } from '../../server/installs/grants.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createDepartures } from '../../server/installs/leaving/departures.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { createConnectionStore } from '../../server/storage/directory/connections.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const OWNER = { id: 'con_1', tenantId: 't' };

/** An account to be left. `push`: what goes on while its vendor is told to push no more. */
const setUp = async (
  storage: Storage,
  push: (world: { readonly renew: () => Promise<void> }) => Promise<void>,
) => {
  const store = createConnectionStore(storage);
  const vault = createVault(readKeyring(`a:${randomBytes(32).toString('base64')}`));
  const sealed = (token: string) => {
    const grant: Grant = { accessToken: null, refreshToken: token, obtainedAt: NOW, expiresAt: null };
    return sealGrant(vault, OWNER, grant);
  };
  const connect = async (token: string) =>
    store.put({
      ...OWNER,
      vendor: 'pipedrive',
      externalId: '7',
      name: 'Acme',
      scopes: '',
      settings: {},
      tokens: await sealed(token),
      tokensExpireAt: null,
    });
  await connect('refresh-0');
  const revoked: (string | null)[] = [];
  const way: LeaveWay = {
    vendor: 'pipedrive',
    revoke: async (_connection, { refreshToken }) => {
      revoked.push(refreshToken);
      return 'done';
    },
    byHand: { push: '', permission: '' },
  };
  const departures = createDepartures({
    connections: store,
    vault,
    leases: createLeases(storage, 'one'),
    tokens: { get: async () => 'access' },
    alerts: { closeAbout: async () => undefined },
    ways: [way],
    dropPush: () => () =>
      push({ renew: async () => void (await store.setTokens('con_1', 1, await sealed('refresh-1'), null)) }),
    endLeads: async () => undefined,
    onEnded: () => undefined,
    clock: { now: () => NOW },
    onError: (error) => {
      throw error;
    },
  });
  const leave = () => departures.leave({ tenantId: 't', connectionId: 'con_1', by: 'x', patienceMs: 60_000 });
  return { store, connect, revoked, leave };
};

eachDatabase('an account that is left', (open) => {
  test('has the token revoked that it has by then: the vendor may have given another since', async () => {
    const { leave, revoked, store } = await setUp((await open()).storage, ({ renew }) => renew());
    expect(await leave()).toEqual([]);
    expect(revoked).toEqual(['refresh-1']);
    expect(await store.byId('con_1')).toMatchObject({ status: 'disconnected', tokens: null, leaving: null });
  });

  test('and is connected anew meanwhile keeps what it was given', async () => {
    const again: (() => Promise<unknown>)[] = [];
    const { leave, revoked, store, connect } = await setUp(
      (await open()).storage,
      async () => void (await again[0]!()),
    );
    again.push(() => connect('refresh-new'));
    expect(await leave()).toEqual([]);
    expect(revoked).toEqual([]);
    expect(await store.byId('con_1')).toMatchObject({ status: 'active', generation: 2, leaving: null });
  });
});
