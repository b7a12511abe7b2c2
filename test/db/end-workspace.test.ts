import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEndWorkspace } from '../../server/assignments/lifecycle/end-workspace.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createAlertStore } from '../../server/storage/alert-store.ts';
import { createAuditStore } from '../../server/storage/audit-store.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { createWorkspaces } from '../../server/storage/lifecycle/create-workspaces.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { HUBSPOT, openLaneWorld, TENANT } from '../support/lane-world.ts';
import { allTables, insertMadeUp, rowsWith } from '../support/made-up-row.ts';

const POLICY = {
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};

/** Tables that hold nothing of a tenant. */
const OF_NOBODY = new Set(['parked_install', 'sealed_secret', 'sign_in', 'used_link']);

/** So many rows of a tenant in every table there is; what hangs on a connection names one of the tenant's. */
const fill = async (storage: Storage, tenant: string, rows: number) => {
  for (const table of await allTables(storage)) {
    if (OF_NOBODY.has(table.name)) continue;
    for (let i = 0; i < (table.name === 'tenant' || table.name === 'lane' ? 1 : rows); i++) {
      const given: Record<string, string> = {
        tenant_id: tenant,
        connection_id: `con-${tenant}-${i}`,
        person_id: `per-${tenant}-${i}`,
        version: `${i}`,
      };
      if (table.name === 'tenant') given.id = tenant;
      if (table.name === 'connection') given.id = `con-${tenant}-${i}`;
      if (table.name === 'person') given.id = `per-${tenant}-${i}`;
      if (table.name === 'lease') given.name = `sender:con-${tenant}-${i}`;
      await insertMadeUp(storage, table, `${tenant}-${i}`, given);
    }
  }
};

const dump = async (storage: Storage, but: string): Promise<readonly string[]> => {
  const rows = (await rowsWith(storage, 'ten_')).filter(({ row }) => !row.includes(but));
  return rows.map(({ table, row }) => `${table} ${row}`).toSorted();
};

const endingOf = (storage: Storage, left: () => boolean = () => true) => {
  const forgotten: string[] = [];
  const errors: unknown[] = [];
  const ending = createEndWorkspace({
    workspaces: createWorkspaces(storage),
    departures: { leaveAll: async () => left() },
    forget: async (tenantId) => void forgotten.push(tenantId),
    wakeTenant: async () => undefined,
    graceMs: 7 * 86_400_000,
    onError: (error) => errors.push(error),
  });
  return { ending, forgotten, errors };
};

const overdueBy = (storage: Storage, tenant: string, interval: string) =>
  storage.executeSql(
    `update tenant set deletes_at = now() - $2::interval, deletion_asked_at = now(), deletion_asked_by = 'x' where id = $1`,
    [tenant, interval],
  );

eachDatabase('the end of a workspace', (open, kind) => {
  test('of any of several tenants no row is left in any table, and those of the others are as they were', async () => {
    const { storage } = await open();
    let run = 0;
    const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (tenants, chosen) => {
        run++;
        for (const [i, rows] of tenants.entries()) await fill(storage, `ten_${run}_${i}x`, rows);
        const gone = `ten_${run}_${chosen % tenants.length}x`;
        const others = await dump(storage, gone);
        await overdueBy(storage, gone, '1 minute');
        await endingOf(storage).ending.round();
        expect(await rowsWith(storage, gone)).toEqual([]);
        expect(await dump(storage, gone)).toEqual(others);
      }),
      { numRuns: kind === 'pglite' ? 4 : 8 },
    );
  });

  test('only the function removes what was decided, and only of a tenant whose time has come', async () => {
    const { storage } = await open();
    for (const tenant of ['ten_a', 'ten_b']) await fill(storage, tenant, 1);
    const remove = (tenant: string) =>
      storage.directory((_trx, tx) =>
        tx.pipeline([{ sql: 'select remove_tenant($1, 1000)', parameters: [tenant] }]),
      );
    await expect(remove('ten_a')).rejects.toThrow('is not to be deleted now');
    await createWorkspaces(storage).askDeletion('ten_a', 'x', 1_000_000);
    await expect(remove('ten_a')).rejects.toThrow('is not to be deleted now');
    await expect(
      storage.withTenant('ten_a', (_trx, tx) =>
        tx.pipeline([{ sql: 'select remove_tenant($1, 1000)', parameters: ['ten_a'] }]),
      ),
    ).rejects.toThrow('permission denied');
    await overdueBy(storage, 'ten_a', '1 minute');
    // Even its role removes no row of another tenant's.
    await expect(
      storage.executeSql(
        "begin; set local role fairlead_lifecycle; select set_config('fairlead.tenant', 'ten_a', true); delete from decision; commit",
      ),
    ).resolves.toBeDefined();
    const left = await rowsWith(storage, 'ten_');
    expect(left.filter(({ table }) => table === 'public.decision')).toEqual([
      { table: 'public.decision', row: expect.stringContaining('ten_b') },
    ]);
    // And nobody else does, not even the owner.
    await expect(
      storage.executeSql(
        "begin; select set_config('fairlead.tenant', 'ten_b', true); delete from decision; commit",
      ),
    ).rejects.toThrow('keeps what was written');
    await storage.executeSql('rollback').catch(() => undefined);
  });

  test('is asked for by name, stops everything at once, and can be taken back until its time', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    await world.lead();
    const { ending, forgotten } = endingOf(storage);
    await expect(ending.ask({ tenantId: TENANT, name: 'Other', by: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
      problems: [{ field: '/name' }],
    });
    const asked = await ending.ask({ tenantId: TENANT, name: ' Lane ', by: 'owner' });
    expect(asked.deletesAt - asked.askedAt).toBe(7 * 86_400_000);
    expect(forgotten).toEqual([TENANT]);
    await expect(world.lead()).rejects.toMatchObject({ code: 'workspace_closing', status: 409 });
    expect(await world.sweep()).toBeNull();
    await ending.round();
    expect((await world.assignments()).length).toBe(1);
    await ending.takeBack(TENANT);
    await expect(ending.takeBack(TENANT)).rejects.toMatchObject({ code: 'conflict' });
    await world.lead();
    expect((await world.assignments()).length).toBe(2);
  });

  test('asked for at once it cannot be taken back; whoever is at work ends first, and vendors hold it up for a day at most', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    await world.lead();
    let left = false;
    const { ending, errors } = endingOf(storage, () => left);
    await ending.ask({ tenantId: TENANT, name: 'Lane', by: 'owner', atOnce: true });
    await expect(ending.takeBack(TENANT)).rejects.toMatchObject({ code: 'conflict' });
    const rows = async () => (await rowsWith(storage, TENANT)).length;
    await ending.round();
    expect(await rows()).toBeGreaterThan(0);
    await overdueBy(storage, TENANT, '1 hour');
    await ending.round();
    expect(await rows()).toBeGreaterThan(0);
    left = kind === 'pglite';
    if (!left) await overdueBy(storage, TENANT, '25 hours');
    await ending.round();
    expect(await rows()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('what was begun before and ends after it writes no row: people that were read, the line of a change, an alert', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    await world.lead();
    const audit = createAuditStore(storage);
    const change = { tenantId: TENANT, who: 'key:x', action: 'connection.synced', subject: HUBSPOT } as const;
    const begun = await audit.begin(change);
    await overdueBy(storage, TENANT, '1 minute');
    await endingOf(storage).ending.round();
    const person = {
      kind: 'owner',
      externalId: '7',
      email: 'ann@example.com',
      name: 'Ann',
      details: {},
    } as const;
    await createRepIdentities(storage).replace(TENANT, HUBSPOT, [person]);
    await audit.finish(begun, change, 'done');
    const alert = { kind: 'connection_broken', subject: HUBSPOT, detail: { code: 'x', text: 'Ann' } };
    await createAlertStore(storage, makeNewId()).open(TENANT, alert);
    expect(await rowsWith(storage, TENANT)).toEqual([]);
  });
});
