import { expect, test } from 'vitest';
import { files, run } from '../support/command-line.ts';
import { exampleFile } from '../support/example.ts';

const POLICY = `fairlead: 1
name: Inbound
fields: {country: {type: country}}
pools: [{id: all, members: [{rep: dana}], method: round_robin}]
rules:
  - {id: us, name: America, when: {field: country, op: eq, value: US}, then: [{pool: all}]}
  - {id: again, name: America again, when: {field: country, op: eq, value: US}, then: [{pool: all}]}
fallback: [{pool: all}]
`;
const REPS = 'reps: [{id: dana, capacity: {perDay: 1}}]\n';

test('findings are told with their lead, and counted', async () => {
  const { policy } = files({ policy: POLICY + REPS });
  const { code, out, err } = await run('check', '--policy', policy);
  expect([code, err]).toEqual([1, '']);
  expect(out.split('\n').slice(0, 2)).toEqual([
    'error  shadowed  “America again” never takes a lead: “America” before it takes all it matches. Move it up or remove it.',
    '    such as {"country":"US"} at 2026-12-01T10:00:00.000Z',
  ]);
  expect(out).toMatch(/^Inbound: 1 error, 0 warnings, 1 info$/m);
});

test('--format github annotates the line of the rule', async () => {
  const { policy } = files({ policy: POLICY + REPS });
  const { out } = await run('check', '--policy', policy, '--format', 'github');
  expect(out.split('\n')[0]).toBe(
    `::error file=${policy},line=7,title=shadowed::“America again” never takes a lead: “America” before it takes all ` +
      'it matches. Move it up or remove it. Lead: {"country":"US"}',
  );
});

test('--reps reads the reps of another file, a list or a document with one', async () => {
  const { policy, list, document, twice } = files({
    policy: POLICY,
    list: '[{id: dana}]',
    document: REPS,
    twice: '[{id: dana}, {id: dana}]',
  });
  for (const reps of [list, document])
    expect((await run('check', '--policy', policy, '--reps', reps)).code).toBe(1);
  const { code, err } = await run('check', '--policy', policy, '--reps', twice);
  expect(code).toBe(2);
  expect(err).toContain(`${twice}:1: `);
});

test('--leads finds the pool whose caps the leads fill, --volume that all together are too small', async () => {
  const { policy, leads } = files({ policy: POLICY + REPS, leads: `country\n${'US\n'.repeat(3)}` });
  const { out } = await run('check', '--policy', policy, '--leads', leads, '--volume', '40', '--json');
  const capacity = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ code }) => code === 'capacity');
  expect(capacity).toMatchObject([
    { severity: 'error', witness: null, message: expect.stringContaining('at most 30 leads a month') },
    { severity: 'error', pool: 'all', rules: ['us'], witness: { country: 'US' } },
  ]);
  expect(capacity[1].message).toMatch(/^2 of 3 leads found nobody/);
});

test.each([
  [['check'], /--policy is missing/],
  [['check', '--policy', 'p', '--format', 'xml'], /xml is no format; write github/],
  [['check', '--policy', 'p', '--json', '--format', 'github'], /either --json or --format github/],
  [['check', '--policy', 'p', '--volume', 'many'], /many is no number of leads/],
])('%j is refused', async (args, said) => {
  const { code, out, err } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(said);
});

test('the examples have no errors', async () => {
  for (const example of ['weighted-inbound', 'follow-the-sun', 'capacity-and-skills']) {
    const { code, out } = await run('check', '--policy', exampleFile(example, 'policy.yaml'), '--json');
    expect([example, code]).toEqual([example, 0]);
    expect(out).not.toContain('"undetermined"');
  }
});
