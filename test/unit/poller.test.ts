import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../../server/base/app-error.ts';
import { createPoller, type PollerParts } from '../../server/compose/create-poller.ts';

const MINUTE = 60_000;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Two connections, looked through in this order: once the witness was looked at, the other one had its turn. */
const open = () => {
  const world = { now: 0, streamed: new Set<string>(), failing: null as AppError | null };
  const looks: Record<string, number> = { con_1: 0, witness: 0 };
  const alerts = new Set<string>();
  const connections = ['con_1', 'witness'].map((id) => ({
    id,
    tenantId: 'ten_1',
    vendor: 'salesforce',
    externalId: id,
    name: id,
    status: 'active',
    settings: {},
  }));
  const connector = {
    changes: {
      everyMs: MINUTE,
      read: async ({ id }: { id: string }) => {
        looks[id] = (looks[id] ?? 0) + 1;
        if (id === 'con_1' && world.failing !== null) throw world.failing;
        return { records: [], cursor: '' };
      },
    },
  };
  const parts = {
    vendors: {
      connectors: [connector],
      connectorOf: () => connector,
      connections: {
        list: async () => connections,
        byId: async (id: string) => connections.find((one) => one.id === id) ?? null,
      },
    },
    tenants: { list: async () => [{ id: 'ten_1' }] },
    policies: { live: async () => null },
    leases: { acquire: async () => ({}), renew: async () => true, release: async () => undefined },
    marks: { read: async () => null, write: async () => undefined, forget: async () => undefined },
    useCases: { recordChanged: async () => undefined },
    alerts: {
      open: async (_: string, { kind, detail }: { kind: string; detail: { text: string } }) =>
        void alerts.add(`${kind}: ${detail.text}`),
      close: async () => alerts.clear(),
    },
    openRecords: async () => [],
    streamed: (id: string) => world.streamed.has(id),
    clock: { now: () => world.now },
    tickMs: 5,
    onError: () => undefined,
  };
  const poller = createPoller(parts as unknown as PollerParts);
  poller.start();
  stops.push(poller.stop);
  const after = async (ms: number): Promise<void> => {
    const before = looks.witness ?? 0;
    world.now += ms;
    await vi.waitFor(() => expect(looks.witness).toBeGreaterThan(before));
  };
  return { world, looks, alerts, poller, after };
};

test('a connection is looked through as often as its vendor wants, and by the quarter hour while a stream tells of it', async () => {
  const { world, looks, poller, after } = open();
  await after(0);
  await after(MINUTE);
  expect(looks.con_1).toBe(2);
  world.streamed.add('con_1');
  for (let minute = 0; minute < 14; minute++) await after(MINUTE);
  expect(looks.con_1).toBe(2);
  await after(MINUTE);
  expect(looks.con_1).toBe(3);
  // Asked for, it is looked at however lately that was done.
  poller.lookNow('con_1');
  await vi.waitFor(() => expect(looks.con_1).toBe(4));
  world.streamed.clear();
  await after(MINUTE);
  expect(looks.con_1).toBe(5);
});

test('what stays unreadable until a person does something is an alert, which ends with the first look that succeeds', async () => {
  const { world, alerts, after } = open();
  world.failing = new AppError('crm_read_failed', 'later', { retryable: true });
  await after(0);
  await after(MINUTE);
  expect([...alerts]).toEqual([]);
  world.failing = new AppError('crm_read_failed', 'Give the user the permission set.');
  await after(MINUTE);
  await vi.waitFor(() =>
    expect([...alerts]).toEqual(['crm_unreadable: con_1: Give the user the permission set.']),
  );
  world.failing = null;
  await after(MINUTE);
  await vi.waitFor(() => expect([...alerts]).toEqual([]));
});
