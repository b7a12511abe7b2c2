import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { CLI, decisionsIn, files, start } from '../support/command-line.ts';
import { exampleFile } from '../support/example.ts';

const POLICY = exampleFile('weighted-inbound', 'policy.yaml');
const LEADS = exampleFile('weighted-inbound', 'leads.csv');

const DEAD_RULE = `fairlead: 1
name: Dead
fields: {employees: {type: number}}
pools: [{id: all, members: [{rep: dana}], method: round_robin}]
rules:
  - {id: none, when: {all: [{field: employees, op: gt, value: 2}, {field: employees, op: lt, value: 1}]}, then: [{pool: all}]}
fallback: [{pool: all}]
reps: [{id: dana}]
`;

test('a file is routed: exit code 0, one decision a line and nothing else', async () => {
  const { code, out, err } = await start(['route', '--policy', POLICY, '--leads', LEADS, '--json']);
  expect([code, err]).toEqual([0, '']);
  expect(decisionsIn(out)).toHaveLength(200);
  expect(out.endsWith('}\n')).toBe(true);
});

test('bad input: exit code 2, nothing on standard output, the file and line on standard error', async () => {
  const { leads } = files({ leads: 'id,employees\nL1,10\nL2,many\n' });
  const { code, out, err } = await start(['route', '--policy', POLICY, '--leads', leads]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/leads:3: employees: many is no number; write digits/);
});

test('a policy with an error is checked: exit code 1, one finding a line and nothing else', async () => {
  const { policy } = files({ policy: DEAD_RULE });
  const { code, out, err } = await start(['check', '--policy', policy, '--json']);
  expect([code, err]).toEqual([1, '']);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).code),
  ).toEqual(['contradiction', 'gap']);
});

test('no such command: exit code 2', async () => {
  const { code, out, err } = await start(['sail']);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/sail is no command; the commands are route, /);
});

test('whoever reads the first lines alone ends it quietly', async () => {
  const { leads } = files({ leads: `employees\n${'5\n'.repeat(20_000)}` });
  const child = spawn(process.execPath, [CLI, 'route', '--policy', POLICY, '--leads', leads, '--json']);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdout.once('data', () => child.stdout.destroy());
  expect([await text(child.stderr), await ended]).toEqual(['', 0]);
});

test.each([
  ['route', 25_000],
  ['simulate', 1],
])('%s streams a file of many leads: memory does not grow with it', async (command, wanted) => {
  const { leads } = files({ leads: `id,employees\n${'L,700\n'.repeat(25_000)}` });
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=48', CLI, command, '--policy', POLICY, '--leads', leads, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let lines = 0;
  for await (const chunk of child.stdout) lines += String(chunk).split('\n').length - 1;
  expect([lines, await ended]).toEqual([wanted, 0]);
});
