import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Person } from '../../server/assignments/directory-ports.ts';
import { publishPolicy } from '../../server/assignments/publish-policy.ts';
import { putReps } from '../../server/assignments/put-reps.ts';
import { setMode, setPaused } from '../../server/assignments/set-mode.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createConnections } from '../../server/installs/connections.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createAlertStore } from '../../server/storage/alert-store.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { createConnectionStore } from '../../server/storage/directory/connections.ts';
import { createKnownPeople } from '../../server/storage/directory/known-people.ts';
import { createLaneSettings } from '../../server/storage/directory/lane-settings.ts';
import { createPolicies } from '../../server/storage/directory/policies.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createSessions } from '../../server/storage/directory/sessions.ts';
import { createTenants } from '../../server/storage/directory/tenants.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const policy = {
  fairlead: 1,
  name: 'Inbound',
  pools: [{ id: 'everyone', members: [{ rep: 'dana@example.com' }], method: 'round_robin' }],
  fallback: [{ pool: 'everyone' }],
};
const dana = { id: 'dana', name: 'Dana', email: 'Dana@Example.com' };
const sam = { id: 'sam', name: 'Sam', email: 'sam@example.com' };

/** A tenant, and the doors an administrator uses. */
const setUp = async (storage: Storage) => {
  await createTenants(storage).create({ id: 't', name: 'Acme' });
  const woken: string[] = [];
  const jobs = { wakeTenant: async (tenantId: string) => void woken.push(tenantId) };
  const [reps, policies, settings] = [
    createReps(storage),
    createPolicies(storage),
    createLaneSettings(storage),
  ];
  const parts = {
    reps,
    policies,
    settings,
    jobs,
    now: () => 0,
    crms: async () => [],
    prove: async () => [],
    retimeClocks: async () => undefined,
  };
  const lane = () =>
    storage.withTenant('t', (trx) => trx.selectFrom('lane').selectAll().executeTakeFirstOrThrow());
  return {
    woken,
    reps,
    policies,
    lane,
    put: (given: unknown) => putReps(parts)({ tenantId: 't', reps: given }),
    publish: (document: unknown) => publishPolicy(parts)({ tenantId: 't', document, by: 'key:test' }),
    setMode: setMode(parts),
    setPaused: setPaused(parts),
  };
};

const connect = async (storage: Storage, people: readonly Person[]) => {
  const identities = createRepIdentities(storage);
  const connections = createConnections({
    store: createConnectionStore(storage),
    vault: createVault(readKeyring(`a:${randomBytes(32).toString('base64')}`)),
    alerts: createAlertStore(storage, makeNewId()),
    clock: { now: () => 0 },
    newId: makeNewId(),
    reps: createReps(storage),
    identities,
    people: createKnownPeople(storage),
    readers: [{ vendor: 'hubspot', read: async () => people }],
  });
  const account = {
    vendor: 'hubspot' as const,
    externalId: '1',
    name: 'Acme',
    scopes: ['a', 'b'],
    settings: { region: 'eu' },
  };
  const put = (tenantId: string) =>
    connections.put(tenantId, {
      ...account,
      tokens: { accessToken: 'x', refreshToken: null, expiresIn: null },
    });
  return { connections, put };
};

const AT_ONCE = { by: 'key:ops', overlapMs: 0 };

eachDatabase('the directory', (open) => {
  test('begins with one tenant and its key, however many processes make it at once', async () => {
    const { storage } = await open();
    const [tenants, keys] = [createTenants(storage), createApiKeys(storage, makeNewId())];
    const first = { name: 'bootstrap', key: 'fl_made-by-whoever-is-first' };
    const made = await Promise.all([1, 2, 3].map(() => tenants.createFirst('Acme', first)));
    expect(new Set(made).size).toBe(1);
    expect(await tenants.list()).toEqual([{ id: made[0], name: 'Acme' }]);
    expect(await keys.find(first.key)).toMatchObject({ tenantId: made[0], name: 'bootstrap' });
    // One that was taken back stays so, and another's is not let in.
    await keys.revoke(made[0]!, 'key_first');
    await tenants.createFirst('Acme', first);
    await tenants.createFirst('Acme', { name: 'bootstrap', key: 'fl_of-another-process' });
    expect(await keys.find(first.key)).toBeNull();
    expect(await keys.find('fl_of-another-process')).toBeNull();
  });

  test('finds a tenant by an API key or a session, and by nothing else', async () => {
    const { storage } = await open();
    await createTenants(storage).create({ id: 't', name: 'Acme' });
    expect(await createTenants(storage).list()).toEqual([{ id: 't', name: 'Acme' }]);
    const keys = createApiKeys(storage, makeNewId());
    const asked = { tenantId: 't', name: 'website', madeBy: 'console', expiresAt: null };
    const made = await keys.create({ ...asked, scopes: ['read', 'route'] });
    if (made === null) throw new Error('no key was made');
    const { id, key } = made;
    expect(key).toMatch(/^fl_[\w-]{43}$/);
    const holder = { tenantId: 't', name: 'website', may: new Set(['read', 'route']), endsAt: null };
    expect(await keys.find(key)).toEqual(holder);
    expect(await keys.find(`${key}x`)).toBeNull();
    const { rows } = await storage.executeSql('select hash from api_key_secret');
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(await keys.revoke('another', id)).toBe(false);
    expect(await keys.rotate('another', id, AT_ONCE)).toBeNull();
    expect(await keys.revoke('t', id)).toBe(true);
    expect(await keys.find(key)).toBeNull();
    expect(await keys.rotate('t', id, AT_ONCE)).toBeNull();

    const sessions = createSessions(storage);
    const browser = {
      tenantId: 't',
      subject: 'console',
      role: 'owner',
      personId: null,
      agent: null,
    } as const;
    const token = await sessions.open(browser, 60_000);
    expect(await sessions.find(token)).toEqual({
      tenantId: 't',
      subject: 'console',
      role: 'owner',
      person: null,
      provenAt: expect.any(Number),
    });
    expect(await sessions.find(await sessions.open(browser, -1))).toBeNull();
    await sessions.end(token);
    expect(await sessions.find(token)).toBeNull();
  });

  test('publishing a policy numbers it, makes it live and lets waiting leads be looked at', async () => {
    const { storage } = await open();
    const { put, publish, policies, lane, woken } = await setUp(storage);
    expect(await policies.live('t')).toBeNull();
    await put([dana]);
    expect(await publish(policy)).toEqual({ version: 1 });
    expect(await publish({ ...policy, name: 'Second' })).toEqual({ version: 2 });
    expect(await policies.live('t')).toMatchObject({ version: 2, document: { name: 'Second' } });
    expect(await policies.version('t', 1)).toMatchObject({ document: policy });
    expect((await lane()).drain_at).not.toBeNull();
    expect(woken).toEqual(['t', 't', 't']);
    const atOnce = await Promise.all([1, 2, 3].map(() => publish(policy)));
    expect(atOnce.map(({ version }) => version).sort()).toEqual([3, 4, 5]);
  });

  test('a policy that cannot be carried out is not published, and each mistake is named', async () => {
    const { storage } = await open();
    const { publish, policies } = await setUp(storage);
    await expect(publish(policy)).rejects.toMatchObject({
      code: 'invalid_policy',
      status: 422,
      problems: [{ field: '/pools/0/members/0/rep' }],
    });
    await expect(publish({ ...policy, reps: [dana] })).rejects.toMatchObject({
      problems: [{ field: '/reps' }],
    });
    await expect(publish({ fairlead: 1 })).rejects.toMatchObject({ code: 'invalid_policy' });
    expect(await policies.live('t')).toBeNull();
  });

  test('putting reps replaces them; who left is kept by name only', async () => {
    const { storage } = await open();
    const { put, reps, lane } = await setUp(storage);
    expect(await put([dana, sam])).toEqual({ count: 2 });
    expect(await reps.list('t')).toEqual([
      { id: 'dana', email: 'dana@example.com', document: dana },
      { id: 'sam', email: 'sam@example.com', document: sam },
    ]);
    await put([{ ...sam, timezone: 'Europe/Berlin' }]);
    expect((await reps.list('t')).map(({ id }) => id)).toEqual(['sam']);
    const left = await storage.withTenant('t', (trx) =>
      trx.selectFrom('rep').selectAll().where('id', '=', 'dana').executeTakeFirst(),
    );
    expect(left).toMatchObject({ active: false, document: { id: 'dana', name: 'Dana' } });
    expect((await lane()).roster_version).toBe(2);
    await expect(put([{ name: 'nobody' }])).rejects.toMatchObject({
      code: 'invalid_reps',
      problems: [{ field: '/0/id' }],
    });
    await expect(put('dana')).rejects.toMatchObject({ code: 'invalid_reps' });
  });

  test('mode and pause are changed alone; the end of a pause lets waiting leads go', async () => {
    const { storage } = await open();
    const { setMode, setPaused, lane, woken } = await setUp(storage);
    await setMode({ tenantId: 't', mode: 'log_only', by: 'x' });
    await setPaused({ tenantId: 't', paused: true, by: 'x' });
    expect(await lane()).toMatchObject({ mode: 'log_only', paused: true, drain_at: null });
    await setPaused({ tenantId: 't', paused: false, by: 'x' });
    expect(await lane()).toMatchObject({ mode: 'log_only', paused: false });
    expect((await lane()).drain_at).not.toBeNull();
    expect(woken).toEqual(['t']);
  });

  test('people of a connection are matched to reps by e-mail, now and when reps change', async () => {
    const { storage } = await open();
    const { put } = await setUp(storage);
    await put([dana]);
    const people: Person[] = [
      { kind: 'owner', externalId: '11', email: 'DANA@example.com', name: 'Dana' },
      { kind: 'owner', externalId: '12', email: 'sam@example.com', name: 'Sam' },
      { kind: 'owner', externalId: '13', email: null, name: 'Robot', details: { archived: true } },
    ];
    const { connections, put: putAccount } = await connect(storage, people);
    const { id } = await putAccount('t');
    expect(await connections.sync('t', id)).toEqual({
      people: 3,
      matched: 1,
      unmatched: ['sam@example.com'],
      away: [],
    });
    const matches = () =>
      storage.withTenant('t', (trx) =>
        trx.selectFrom('rep_identity').select(['external_id', 'rep_id']).orderBy('external_id').execute(),
      );
    await put([sam]);
    expect(await matches()).toEqual([
      { external_id: '11', rep_id: null },
      { external_id: '12', rep_id: 'sam' },
      { external_id: '13', rep_id: null },
    ]);
    expect(await connections.sync('t', id)).toMatchObject({ matched: 1, unmatched: ['DANA@example.com'] });
    await expect(connections.sync('other', id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an account belongs to one tenant; its own may connect it anew', async () => {
    const { storage } = await open();
    const { connections, put } = await connect(storage, []);
    const { id } = await put('t');
    expect(await put('t')).toEqual({ id });
    await expect(put('other')).rejects.toMatchObject({ code: 'conflict' });
    expect(await connections.find('hubspot', '1')).toMatchObject({
      id,
      tenantId: 't',
      status: 'active',
      settings: { region: 'eu' },
    });
    expect(await connections.find('hubspot', '2')).toBeNull();
    expect(await connections.list('t')).toHaveLength(1);
    expect(await connections.list('other')).toEqual([]);
    const { rows } = await storage.executeSql('select tokens from connection');
    expect(JSON.stringify(rows)).toMatch(/^\[\{"tokens":"ey[\w.-]+"\}\]$/);
  });
});
