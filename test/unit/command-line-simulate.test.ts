import { expect, test } from 'vitest';
import type { Comparison } from '../../server/routing/simulate/compare.ts';
import { decisionsIn, files, run } from '../support/command-line.ts';
import { exampleFile } from '../support/example.ts';
import { HOUR } from '../support/routing-world.ts';
import { deskParts, simulateAll, simulatedLead } from '../support/simulated.ts';

const policyOf = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    fairlead: 1,
    name: 'Test',
    fields: { size: { type: 'number' } },
    reps: [
      { id: 'ada', name: 'Ada', email: 'ada@example.com' },
      { id: 'bo', name: 'Bo' },
    ],
    pools: [{ id: 'all', members: [{ rep: 'ada' }, { rep: 'bo' }], method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
    ...more,
  });

const simulate = async (texts: { policy: string; leads: string; against?: string }, ...options: string[]) => {
  const { policy, leads, against } = files({ against: '', ...texts });
  const other = texts.against === undefined ? [] : ['--against', against];
  return run('simulate', '--policy', policy, '--leads', leads, ...other, ...options);
};

const compared = async (...args: Parameters<typeof simulate>): Promise<Comparison> => {
  const [texts, ...options] = args;
  const { out, err, code } = await simulate(texts, '--json', ...options);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Comparison;
};

test.each(['weighted-inbound', 'follow-the-sun', 'capacity-and-skills'])(
  '%s: while nothing is closed, arrivals are given as route gives them',
  async (example) => {
    const given = [
      '--policy',
      exampleFile(example, 'policy.yaml'),
      '--leads',
      exampleFile(example, 'leads.csv'),
    ];
    const routed = decisionsIn((await run('route', ...given, '--json')).out);
    const { policy } = JSON.parse((await run('simulate', ...given, '--json')).out) as Comparison;
    const waits = routed.filter(({ outcome }) => outcome === 'waiting').length;
    if (waits > 0) expect(policy.waited.leads).toBeGreaterThanOrEqual(waits);
    else {
      const counts = new Map<string, number>();
      for (const { rep } of routed) if (rep !== null) counts.set(rep.id, (counts.get(rep.id) ?? 0) + 1);
      expect(new Map(policy.reps.map(({ rep, leads }) => [rep, leads]))).toEqual(counts);
      expect(policy.given).toBe(routed.filter(({ rep }) => rep !== null).length);
    }
  },
);

test('work that is closed frees its rep for the oldest lead that waits', () => {
  const parts = deskParts({
    reps: [{ id: 'ada', capacity: { open: 1 } }],
    pools: [{ id: 'all', members: [{ rep: 'ada' }], method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
  });
  const lead = (id: string, arrivedAt: number) => simulatedLead({ id, arrivedAt, handling: 2 * HOUR });
  const { settled, mostHeld } = simulateAll(parts, [
    lead('a', 0),
    lead('b', 10),
    lead('c', 20),
    lead('d', 9 * HOUR),
  ]);
  expect(settled.map(({ at }) => at)).toEqual([0, 2 * HOUR, 4 * HOUR, 9 * HOUR]);
  expect(mostHeld).toBe(3);
});

test('what is held in memory is what is open, however many leads there were', () => {
  const parts = deskParts({
    reps: [{ id: 'ada' }, { id: 'bo', capacity: { open: 2 } }],
    pools: [{ id: 'all', members: [{ rep: 'ada' }, { rep: 'bo' }], method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
  });
  const held = (count: number) =>
    simulateAll(
      parts,
      Array.from({ length: count }, (_, i) =>
        simulatedLead({ id: `l${i}`, arrivedAt: i * HOUR, handling: 5 * HOUR }),
      ),
    ).mostHeld;
  expect(held(5000)).toBe(held(50));
});

test('the owner column is read by id, e-mail or name; who gains and who loses is told', async () => {
  const leads = 'size,Who\n1,ada@example.com\n1,ADA\n1,Ada\n1,bo\n1,\n1,Zed\n';
  const { history, movesFromHistory } = await compared(
    { policy: policyOf(), leads },
    '--owner-column',
    'Who',
  );
  expect(history?.reps.map(({ rep, leads: count }) => [rep, count])).toEqual([
    ['ada', 3],
    ['Zed', 1],
    ['bo', 1],
  ]);
  expect(movesFromHistory?.leads).toBe(5);
  const zed = movesFromHistory?.reps.find(({ rep }) => rep === 'Zed');
  expect(zed).toEqual({ rep: 'Zed', before: 1, after: 0, lost: 1, gained: 0 });
});

test('against another policy: what each rep gains and loses', async () => {
  const against = policyOf({ fallback: [{ rep: 'ada' }] });
  const { movesFromAgainst: moves } = await compared({
    policy: policyOf(),
    against,
    leads: `size\n${'1\n'.repeat(10)}`,
  });
  expect(moves).toEqual({
    leads: 10,
    moved: 5,
    reps: [
      { rep: 'bo', before: 0, after: 5, lost: 0, gained: 5 },
      { rep: 'ada', before: 10, after: 5, lost: 5, gained: 0 },
    ],
  });
});

test('speed counts working time until somebody at work has it', async () => {
  const policy = policyOf({
    timezone: 'UTC',
    hours: { 'mon-fri': '09:00-17:00' },
    pools: [{ id: 'all', members: [{ rep: 'ada' }], method: 'round_robin', availability: 'ignore' }],
  });
  // A Friday at 16:59 and 17:01, and the Monday after it: who is away has it when they are back.
  const leads = 'arrived_at\n2026-11-20T16:59:00Z\n2026-11-20T17:01:00Z\n2026-11-23T08:00:00Z\n';
  const { policy: result } = await compared({ policy, leads }, '--within', '0,5');
  expect(result.speed.elapsed.worst).toBe(64 * HOUR - 60_000);
  expect(result.speed.working.worst).toBe(0);
  const late = policyOf({
    ...JSON.parse(policy),
    reps: [{ id: 'ada', hours: { 'mon-fri': '10:00-17:00' } }],
  });
  const { policy: later } = await compared({ policy: late, leads }, '--within', '30,60');
  expect(later.speed.working.worst).toBe(HOUR);
  expect(later.speed.within).toEqual([
    { minutes: 30, share: 1 / 3 },
    { minutes: 60, share: 1 },
  ]);
});

test('closed_at says how long a lead was open, --handling how long the others are', async () => {
  const policy = policyOf({
    reps: [
      { id: 'ada', capacity: { open: 1 } },
      { id: 'bo', capacity: { open: 0 } },
    ],
  });
  const leads =
    'id,arrived_at,closed_at\na,2026-11-20T10:00:00Z,2026-11-20T10:30:00Z\n' +
    'b,2026-11-20T10:10:00Z,\nc,2026-11-20T10:20:00Z,\n';
  const { policy: result } = await compared({ policy, leads }, '--handling', 'PT2H');
  expect(result.waited.found).toEqual({
    count: 2,
    median: 20 * 60_000,
    p90: 130 * 60_000,
    worst: 130 * 60_000,
  });
});

test('--reps stands in for the reps of both policies', async () => {
  const { reps } = files({ reps: '- {id: ada}\n- {id: bo}\n- {id: cy}\n' });
  const policy = JSON.parse(policyOf()) as Record<string, unknown>;
  const { policy: result } = await compared(
    { policy: JSON.stringify({ ...policy, reps: undefined, fallback: [{ rep: 'cy' }] }), leads: 'size\n1\n' },
    '--reps',
    reps,
  );
  expect(result.reps).toEqual([{ rep: 'cy', leads: 1, share: 1 }]);
});

test('a fixed pool is told its bound, and one whose members come and go is told that there is none', async () => {
  const { out } = await simulate({ policy: policyOf(), leads: `size\n${'1\n'.repeat(9)}` });
  expect(out).toMatch(/all: 9 leads, worst lag 0\.50 \(proven to stay below 1\.00\)/);
  const capped = policyOf({ reps: [{ id: 'ada' }, { id: 'bo', capacity: { open: 1 } }] });
  const changed = await simulate({ policy: capped, leads: `size\n${'1\n'.repeat(9)}` });
  expect(changed.out).toMatch(/no bound, since who could have the leads changed/);
});

test.each([
  [['--handling', 'two hours'], /--handling: two hours is no duration; write hours and minutes as PT2H30M/],
  [['--within', '5,x'], /--within: x is no number of minutes/],
])('what cannot be read is said with the remedy: %j', async (options, said) => {
  const { code, out, err } = await simulate({ policy: policyOf(), leads: 'size\n1\n' }, ...options);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(said);
});

test('a closed_at that is no instant is named with its file and line', async () => {
  const { code, out, err } = await simulate({
    policy: policyOf(),
    leads: 'size,closed_at\n1,\n1,yesterday\n',
  });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/leads:3: closed_at: /);
});
