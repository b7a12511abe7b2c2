import { afterEach, expect, test, vi } from 'vitest';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';
import type { Connector } from '../../server/crm/connector.ts';
import type { Chore } from '../../server/rounds/chore.ts';
import { createRounds, type RoundsParts } from '../../server/rounds/create-rounds.ts';
import { createLook, LOOK, type LookParts } from '../../server/rounds/look-for-changes.ts';

const MINUTE = 60_000;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Rounds over connections of one CRM, stopped after the test. */
const begin = (
  connections: readonly object[],
  connector: object,
  chores: readonly Chore[],
  clock: { now: () => number },
  marks: RoundsParts['marks'] = { read: async () => null, write: async () => undefined },
) => {
  const rounds = createRounds({
    marks,
    active: async () => connections as readonly ConnectionInfo[],
    connectorOf: () => connector as Connector,
    chores,
    leases: {
      acquire: async (name) => ({ name, holder: 'test', epoch: 1 }),
      renew: async () => true,
      release: async () => undefined,
    },
    clock,
    tickMs: 5,
    onError: () => undefined,
  });
  rounds.start();
  stops.push(rounds.stop);
  return rounds;
};

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
  const clock = { now: () => world.now };
  const parts = {
    policies: { live: async () => null },
    marks: { read: async () => null, write: async () => undefined },
    useCases: { recordChanged: async () => undefined },
    alerts: {
      open: async (_: string, { kind, detail }: { kind: string; detail: { text: string } }) =>
        void alerts.add(`${kind}: ${detail.text}`),
      close: async () => alerts.clear(),
    },
    connection: async (id: string) => connections.find((one) => one.id === id) ?? null,
    openRecords: async () => [],
    streamed: (id: string) => world.streamed.has(id),
    clock,
  };
  const rounds = begin(connections, connector, [createLook(parts as unknown as LookParts)], clock);
  const after = async (ms: number): Promise<void> => {
    const before = looks.witness ?? 0;
    world.now += ms;
    await vi.waitFor(() => expect(looks.witness).toBeGreaterThan(before));
  };
  return { world, looks, alerts, rounds, after };
};

test('a connection is looked through as often as its vendor wants, and by the quarter hour while a stream tells of it', async () => {
  const { world, looks, rounds, after } = open();
  await after(0);
  await after(MINUTE);
  expect(looks.con_1).toBe(2);
  world.streamed.add('con_1');
  for (let minute = 0; minute < 14; minute++) await after(MINUTE);
  expect(looks.con_1).toBe(2);
  await after(MINUTE);
  expect(looks.con_1).toBe(3);
  // Asked for, it is looked at however lately that was done.
  rounds.doNow(LOOK, 'con_1');
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

test('a CRM that is slow keeps nobody but its own connection waiting, and is not asked twice at once', async () => {
  const slow = Promise.withResolvers<void>();
  const done: Record<string, number> = { slow: 0, quick: 0 };
  const chore: Chore = {
    name: 'chore',
    everyMs: () => 0,
    run: async ({ id }) => {
      done[id] = (done[id] ?? 0) + 1;
      if (id === 'slow') await slow.promise;
    },
  };
  begin([{ id: 'slow' }, { id: 'quick' }], {}, [chore], { now: () => 0 });
  await vi.waitFor(() => expect(done.quick).toBeGreaterThan(3));
  expect(done.slow).toBe(1);
  slow.resolve();
  await vi.waitFor(() => expect(done.slow).toBeGreaterThan(1));
});

test('what failed is done again as soon as it asks for, and keeps nothing else from being done', async () => {
  const world = { now: 0 };
  const done: string[] = [];
  const failing: Chore = {
    name: 'failing',
    everyMs: () => 60 * MINUTE,
    againMs: MINUTE,
    run: async () => {
      done.push('failing');
      throw new Error('Not today.');
    },
  };
  const never: Chore = { name: 'never', everyMs: () => null, run: async () => void done.push('never') };
  const other: Chore = {
    name: 'other',
    everyMs: () => 60 * MINUTE,
    run: async () => void done.push('other'),
  };
  begin([{ id: 'con_1' }], {}, [failing, never, other], { now: () => world.now });
  await vi.waitFor(() => expect(done).toEqual(['failing', 'other']));
  world.now += MINUTE;
  await vi.waitFor(() => expect(done).toEqual(['failing', 'other', 'failing']));
});

test('what one process did is not done again by another before it is due; each does it once as it starts', async () => {
  const kept = new Map<string, string>();
  const marks = {
    read: async (name: string) => kept.get(name) ?? null,
    write: async (name: string, text: string) => void kept.set(name, text),
  };
  const world = { now: 0 };
  const done = { first: 0, second: 0 };
  const process = (name: 'first' | 'second', clock: { now: () => number }) => {
    const run = async () => void done[name]++;
    return begin([{ id: 'con_1' }], {}, [{ name: 'look', everyMs: () => MINUTE, run }], clock, marks);
  };
  process('first', { now: () => world.now });
  await vi.waitUntil(() => done.first === 1);
  // Half a minute later by its own start, and always behind.
  world.now += MINUTE / 2;
  process('second', { now: () => world.now });
  await vi.waitUntil(() => done.second === 1);
  for (let minute = 1; minute <= 10; minute++) {
    const before = done.first + done.second;
    world.now += MINUTE;
    await vi.waitUntil(() => done.first + done.second > before);
    await vi.waitUntil(() => kept.get('done:look:con_1') === String(world.now));
  }
  expect(done.first + done.second).toBe(12);
});
