import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createProgress } from '../../server/command-line/progress.ts';
import { decisionsIn, files, run } from '../support/command-line.ts';

const policyOf = (more: Record<string, unknown>) =>
  JSON.stringify({
    fairlead: 1,
    name: 'Test',
    timezone: 'America/New_York',
    fields: { country: { type: 'country' }, size: { type: 'number' } },
    ...more,
  });

const route = async (policy: string, leads: string, ...options: string[]) => {
  const paths = files({ policy, leads });
  return run('route', '--policy', paths.policy, '--leads', paths.leads, ...options);
};

const takers = async (policy: string, leads: string, ...options: string[]) => {
  const { out, code } = await route(policy, leads, '--json', ...options);
  expect(code).toBe(0);
  return decisionsIn(out).map(({ outcome, rep }) => rep?.id ?? outcome);
};

const rows = (count: number) => `size\n${'1\n'.repeat(count)}`;
const reps = (...ids: string[]) => ids.map((id) => ({ id }));
const members = (...ids: string[]) => ids.map((rep) => ({ rep }));

test('turns go round: each row sees what the rows before left behind', async () => {
  const policy = policyOf({
    reps: reps('ada', 'bo'),
    pools: [{ id: 'all', members: [{ rep: 'ada', weight: 2 }, { rep: 'bo' }], method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
  });
  const seen = await takers(policy, rows(6));
  expect(seen.filter((rep) => rep === 'ada')).toHaveLength(4);
  expect(new Set(seen.slice(0, 3))).toEqual(new Set(['ada', 'bo']));
});

test('an offer counts as accepted at once: it moves the turn and fills the cap', async () => {
  const policy = policyOf({
    reps: [
      { id: 'ada', capacity: { perDay: 1 } },
      { id: 'bo', capacity: { open: 2 } },
    ],
    pools: [{ id: 'all', members: members('ada', 'bo'), method: 'round_robin' }],
    fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' }],
  });
  const { out } = await route(policy, rows(4), '--json');
  const decisions = decisionsIn(out);
  expect(decisions.map(({ outcome, rep }) => [outcome, rep?.id])).toEqual([
    ['offered', 'ada'],
    ['offered', 'bo'],
    ['offered', 'bo'],
    ['waiting', undefined],
  ]);
  expect(decisions[0]?.offer).toEqual({
    to: [{ id: 'ada', name: 'ada' }],
    expiresAt: '2026-11-24T15:10:00.000Z',
  });
  expect(decisions[3]?.candidates.map(({ code }) => code)).toEqual(['at_capacity', 'at_capacity']);
});

test('an offer to all is taken by whoever the pool owes most', async () => {
  const policy = policyOf({
    reps: reps('ada', 'bo', 'cy'),
    pools: [{ id: 'all', members: members('ada', 'bo', 'cy'), method: 'round_robin' }],
    fallback: [{ pool: 'all', give: 'broadcast', claimWithin: 'PT5M' }],
  });
  const seen = await takers(policy, rows(300));
  for (const rep of ['ada', 'bo', 'cy']) expect(seen.filter((one) => one === rep)).toHaveLength(100);
});

test('arrived_at stands before --at, and --at before the present; ids are kept', async () => {
  const policy = policyOf({
    reps: [{ id: 'ada', hours: { 'mon-fri': '09:00-17:00' } }],
    pools: [{ id: 'all', members: members('ada'), method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
  });
  const leads = 'id,arrived_at\nx,2026-11-24T13:59:59Z\n,2026-11-24T14:00:00Z\ny,\n';
  const at = await route(policy, leads, '--json', '--at', '2026-11-28T15:00:00Z');
  expect(decisionsIn(at.out).map(({ lead, outcome, decidedAt }) => [lead.id, outcome, decidedAt])).toEqual([
    ['x', 'waiting', '2026-11-24T13:59:59.000Z'],
    ['lead-2', 'assigned', '2026-11-24T14:00:00.000Z'],
    ['y', 'waiting', '2026-11-28T15:00:00.000Z'],
  ]);
  const now = await route(policy, leads, '--json');
  expect(decisionsIn(now.out)[2]).toMatchObject({
    outcome: 'assigned',
    decidedAt: '2026-11-24T15:00:00.000Z',
  });
});

test('caps hold by each lead’s own time, also when arrivals go back; that is told', async () => {
  const policy = policyOf({
    reps: [{ id: 'ada', capacity: { perDay: 1 } }],
    pools: [{ id: 'all', members: members('ada'), method: 'round_robin' }],
    fallback: [{ pool: 'all' }],
  });
  const days = ['24', '25', '24', '25', '23'].map((day) => `2026-11-${day}T15:00:00Z`);
  const { out, err } = await route(policy, `arrived_at\n${days.join('\n')}\n`, '--json');
  expect(decisionsIn(out).map(({ outcome }) => outcome)).toEqual([
    'assigned',
    'assigned',
    'waiting',
    'waiting',
    'assigned',
  ]);
  expect(err).toMatch(/2 leads arrived before a row above/);
});

const RULES = policyOf({
  reps: reps('ada'),
  queues: [{ id: 'q', name: 'Small ones' }],
  pools: [{ id: 'all', name: 'All of us', members: members('ada'), method: 'round_robin' }],
  intake: { when: { field: 'country', op: 'is_present' } },
  rules: [
    { id: 'big', name: 'Big', when: { field: 'size', op: 'gte', value: 100 }, then: [{ pool: 'all' }] },
    { id: 'de', name: 'German', when: { field: 'country', op: 'eq', value: 'DE' }, then: [{ queue: 'q' }] },
  ],
});
const RULE_LEADS = 'country,size\nGermany,5\nUS,500\nUS,5\n,5\n';

test('every outcome has its own members, and nothing else is printed', async () => {
  const { out, err } = await route(RULES, RULE_LEADS, '--json');
  const [queued, assigned, waiting, outside] = decisionsIn(out);
  expect(err).toBe('');
  expect(queued).toMatchObject({
    outcome: 'in_queue',
    queue: { id: 'q', name: 'Small ones' },
    rep: null,
    pool: null,
  });
  expect(assigned).toMatchObject({
    outcome: 'assigned',
    rep: { id: 'ada' },
    pool: { id: 'all' },
    rule: { id: 'big' },
  });
  expect(waiting).toMatchObject({ outcome: 'waiting', rule: null, retryAt: '2026-11-24T16:00:00.000Z' });
  expect(outside).toMatchObject({ outcome: 'not_routed', because: 'not_in_intake' });
  expect(queued).not.toHaveProperty('rules');
});

test('the same files give the same lines, hashes and all', async () => {
  expect(await route(RULES, RULE_LEADS, '--json')).toEqual(await route(RULES, RULE_LEADS, '--json'));
});

test('--explain tells each rule up to the one that matched, by the values it read', async () => {
  const { out } = await route(RULES, RULE_LEADS, '--json', '--explain');
  expect(decisionsIn(out)[0]?.rules).toEqual([
    { rule: 'big', name: 'Big', matched: false, because: 'size is 5, needs at least 100' },
    { rule: 'de', name: 'German', matched: true, because: 'country is DE' },
  ]);
  const text = await route(RULES, RULE_LEADS, '--explain');
  expect(text.out).toContain('✗ Big: size is 5, needs at least 100');
  expect(text.out).toContain('✓ German: country is DE');
});

test('without --json, people read what became of the leads', async () => {
  const { out, code } = await route(RULES, RULE_LEADS);
  expect(code).toBe(0);
  expect(out).toBe(`Test: 4 leads, 24 Nov 2026

Rule                leads
Big                     1
German                  1
no rule (fallback)      1

Pool         shared by  leads  worst lag
All of us  round robin      1       0.00

Rep  leads    share
ada      1  100.0 %

Without a rep        leads
in queue Small ones      1
waiting                  1
not routed               1
`);
});

test('of many rules the busiest are told one by one', async () => {
  const rules = Array.from({ length: 100 }, (_, i) => ({
    id: `r${i}`,
    when: { field: 'size', op: 'eq', value: i },
    then: [{ rep: 'ada' }],
  }));
  const leads = Array.from({ length: 100 }, (_, i) => `${i}\n`.repeat(i < 50 ? 1 : 2));
  const { out } = await route(policyOf({ reps: reps('ada'), rules }), `size\n${leads.join('')}`);
  expect(out).toMatch(/^r50 +2$/m);
  expect(out).not.toMatch(/^r10 /m);
  expect(out).toMatch(/^60 other rules +70$/m);
});

test('progress is shown to somebody who waits, and to nobody else', () => {
  const shown: string[] = [];
  const stream = (isTTY: boolean) =>
    Object.assign(new Writable({ write: (chunk, _, done) => done(void shown.push(String(chunk))) }), {
      isTTY,
    });
  const go = (isTTY: boolean, leads: number) => {
    let now = 0;
    const progress = createProgress({ err: stream(isTTY), now: () => (now += 1000) }, leads);
    for (let i = 0; i < leads; i++) progress.step();
    progress.end();
    return shown.splice(0).map((text) => stripVTControlCharacters(text).trim());
  };
  expect(go(true, 2000)).toEqual([
    '500 of 2,000 leads, 3 seconds left',
    '1,000 of 2,000 leads, 2 seconds left',
    '1,500 of 2,000 leads, 1 second left',
    '2,000 of 2,000 leads, 0 seconds left',
    '',
  ]);
  expect(go(false, 2000)).toEqual([]);
  expect(go(true, 100)).toEqual([]);
});

test('SLAs are said not to run, each with the leads that come under it', async () => {
  const policy = policyOf({
    reps: reps('ada'),
    pools: [{ id: 'all', members: members('ada'), method: 'round_robin' }],
    slas: [
      { id: 'first-touch', name: 'First touch', within: 'PT5M', clock: 'working', until: 'first_activity' },
      { id: 'spare', name: 'Spare', within: 'PT1H', clock: 'elapsed', until: 'first_activity' },
    ],
    rules: [
      {
        id: 'big',
        when: { field: 'size', op: 'gte', value: 10 },
        sla: 'first-touch',
        then: [{ pool: 'all' }],
      },
    ],
    fallback: [{ pool: 'all' }],
  });
  const { out, code } = await route(policy, 'size\n1\n10\n20\n');
  expect(code).toBe(0);
  expect(out).toMatch(/SLA, not run +leads\nFirst touch +2\nSpare +0\nNo SLA clock runs here/);
});
