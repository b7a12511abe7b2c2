import { expect, test } from 'vitest';
import { createWorkspaces } from '../../server/storage/lifecycle/create-workspaces.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, TENANT } from '../support/lane-world.ts';

const POLICY = {
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};
eachDatabase('data lifecycle', (open) => {
  test('smoke', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    await world.lead({}, { person: { name: 'Ada', email: 'Ada@Example.com' } });
    expect(
      await world.useCases.erasePerson({ tenantId: TENANT, person: { email: 'ada@example.com' }, by: 'x' }),
    ).toEqual({ leads: 1 });
    expect(await world.rows('select * from erasure')).toMatchObject([{ leads: 1, asked_by: 'x' }]);
    await world.useCases.keepRetention(TENANT);
    const ws = createWorkspaces(storage);
    await expect(
      storage.directory((_t, tx) =>
        tx.pipeline([{ sql: `select remove_tenant('${TENANT}', 10)`, parameters: [] }]),
      ),
    ).rejects.toThrow('not to be deleted');
    await ws.askDeletion(TENANT, 'x', 0);
    await expect(world.lead()).rejects.toMatchObject({ code: 'workspace_closing' });
    await ws.remove(TENANT);
    expect(await world.rows('select * from decision')).toEqual([]);
  });
});
