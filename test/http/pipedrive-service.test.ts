import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openPipedriveWorld, type PipedriveWorld } from '../support/pipedrive-service.ts';

let world: PipedriveWorld;
beforeAll(async () => {
  world = await openPipedriveWorld();
  // The registrations are made by the first look.
  await vi.waitFor(() => expect(world.account.webhooks.size).toBe(4), { timeout: 30_000, interval: 50 });
}, 120_000);
afterEach(() => {
  world.pipedrive.setFaults([]);
  world.pipedrive.pushes.switches.set({ drop: 0, duplicate: 0, reorder: false });
  world.pipedrive.setAutomation({ reownTo: null });
});
afterAll(() => world.close());

const PATIENCE = { timeout: 20_000, interval: 50 };

test('a lead that somebody enters is decided by its push: its owner stands, one pinned note says why', async () => {
  const id = world.lead({ employees: 4_000 });
  await expect.poll(() => world.ownerOf(id), PATIENCE).toBe(world.owner('dana@example.com'));
  await expect.poll(() => world.notesOf(id).length, PATIENCE).toBe(1);
  expect(world.notesOf(id)[0]).toMatchObject({
    pinned_to_lead_flag: true,
    content: expect.stringMatching(/Large companies.*Fairlead decision dec_/s),
  });
});
