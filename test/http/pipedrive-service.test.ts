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

const assignmentOf = async (leadId: string) => {
  const [row] = await world.rows<{ state: string; closed_because: string | null }>(
    `select a.state, a.closed_because from assignment a join lead_record r on r.lead_id = a.lead_id
     where r.record_id = '${leadId}' order by a.opened_at desc limit 1`,
  );
  return row;
};

const decisionsOf = async (leadId: string): Promise<number> => {
  const rows = await world.rows<{ n: number }>(
    `select count(*)::int as n from decision d join lead_record r on r.lead_id = d.lead_id
     where r.record_id = '${leadId}'`,
  );
  return rows[0]?.n ?? 0;
};

/** A lead that Fairlead has given away and explained. */
const routed = async (): Promise<string> => {
  const id = world.lead();
  await expect.poll(() => world.ownerOf(id), PATIENCE).toBe(world.owner('sam@example.com'));
  await expect.poll(() => world.notesOf(id).length, PATIENCE).toBe(1);
  await expect.poll(async () => (await assignmentOf(id))?.state, PATIENCE).toBe('assigned');
  return id;
};

test('a lead whose push never came is found by looking', async () => {
  world.pipedrive.dropPushes(1);
  const id = world.lead();
  await expect.poll(() => world.ownerOf(id), PATIENCE).toBe(world.owner('sam@example.com'));
});

test('pushes that come twice and overtake each other make one decision and one note', async () => {
  world.pipedrive.duplicatePushes(1);
  world.pipedrive.reorderPushes(true);
  const id = await routed();
  world.pipedrive.update({ id, values: { title: 'More engines' } });
  await expect.poll(() => world.pipedrive.pushes.idle(), PATIENCE).toBe(true);
  expect(await decisionsOf(id)).toBe(1);
  expect(world.notesOf(id)).toHaveLength(1);
});

test('whom a person gives the lead to keeps it, and the assignment follows', async () => {
  const id = await routed();
  world.pipedrive.changeOwner({ id, ownerId: world.owner('dana@example.com'), by: 'sam@example.com' });
  const story = () =>
    world.rows<{ kind: string }>(
      `select e.kind from assignment_event e join assignment a on a.id = e.assignment_id
       join lead_record r on r.lead_id = a.lead_id where r.record_id = '${id}'`,
    );
  await expect
    .poll(async () => (await story()).map(({ kind }) => kind), PATIENCE)
    .toContain('reassigned_outside');
  expect(world.ownerOf(id)).toBe(world.owner('dana@example.com'));
});

test('an owner that the company’s own automation puts there is not fought', async () => {
  world.pipedrive.setAutomation({ reownTo: 'robot@example.com' });
  const id = world.lead();
  await expect.poll(async () => (await assignmentOf(id))?.closed_because, PATIENCE).toBe('owned_outside');
  expect(world.ownerOf(id)).toBe(world.owner('robot@example.com'));
});

test('a lead that was deleted, and one that became a deal, are over', async () => {
  const [deleted, converted] = [await routed(), await routed()];
  world.pipedrive.remove({ id: deleted });
  world.pipedrive.convert({ id: converted });
  await expect.poll(async () => (await assignmentOf(deleted))?.closed_because, PATIENCE).toBe('record_gone');
  await expect
    .poll(async () => (await assignmentOf(converted))?.closed_because, PATIENCE)
    .toBe('closed_in_crm');
});

test('the panel on a deal and on a person tells of their lead; Pipedrive’s token opens it, no other', async () => {
  const [id, other] = [await routed(), await routed()];
  const deal = world.pipedrive.convert({ id });
  const of = (resource: 'deal' | 'person', selectedIds: unknown) =>
    world.pipedrive.askPanel({ resource, selectedIds: String(selectedIds), by: 'sam@example.com' });
  expect(await of('deal', deal.id)).toMatchObject({
    status: 200,
    body: { data: { id: deal.id, reason: expect.stringContaining('Sam Okafor'), pool: 'Everybody' } },
  });
  const { person_id: person } = world.pipedrive.record({ id: other });
  expect(await of('person', person)).toMatchObject({
    status: 200,
    body: { data: { id: person, status: { color: 'green', label: 'Assigned' } } },
  });
  const stranger = world.pipedrive.create({ objectType: 'person', values: { name: 'Nobody' } });
  expect(await of('person', stranger.id)).toEqual({ status: 200, body: { data: {} } });
  const forged = await fetch(
    `${world.url}/pipedrive/panel?resource=deal&userId=1&companyId=7001&selectedIds=1&token=eyJhbGciOiJub25lIn0.e30.`,
  );
  expect(forged.status).toBe(401);
});

test('a push proves itself before it is believed, and is of the connection’s own company', async () => {
  const sent = world.pipedrive.pushes.history().find(({ status }) => status === 200);
  const [webhook] = world.account.webhooks.values();
  const { http_auth_user: user, http_auth_password: password } = webhook!.view;
  const post = async (body: unknown, credentials: string | null) => {
    const reply = await fetch(`${world.url}/pipedrive/webhooks`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(credentials !== null && {
          authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        }),
      },
      body: JSON.stringify(body),
    });
    return reply.status;
  };
  expect(await post(sent!.payload, null)).toBe(401);
  expect(await post(sent!.payload, `${user}:${'x'.repeat(43)}`)).toBe(401);
  expect(await post(sent!.payload, `con_other:${password}`)).toBe(401);
  const foreign = { ...sent!.payload, meta: { ...sent!.payload.meta, company_id: '99' } };
  expect(await post(foreign, `${user}:${password}`)).toBe(403);
  expect(await post({ meta: {} }, `${user}:${password}`)).toBe(400);
  expect(await post(sent!.payload, `${user}:${password}`)).toBe(200);
});

test('tokens that end in the middle of a rush stop nothing, and no limit is run into', async () => {
  const ids = Array.from({ length: 25 }, () => world.lead());
  world.pipedrive.oauth.expireAll();
  for (const id of ids)
    await expect
      .poll(() => world.ownerOf(id), { timeout: 60_000, interval: 50 })
      .toBe(world.owner('sam@example.com'));
  await expect.poll(() => ids.every((id) => world.notesOf(id).length === 1), PATIENCE).toBe(true);
  expect(world.pipedrive.limits().usage().refused).toBe(0);
}, 90_000);

test('once the app is removed the connection ends and says so', async () => {
  expect(await world.pipedrive.uninstall()).toBe(200);
  const alerts = () =>
    world.rows<{ kind: string; detail: { text: string } }>(
      `select kind, detail from alert where kind = 'connection_broken' and closed_at is null`,
    );
  await expect.poll(async () => (await alerts()).length, PATIENCE).toBe(1);
  expect((await alerts())[0]?.detail.text).toMatch(/Harbour: Fairlead was removed there/);
});
