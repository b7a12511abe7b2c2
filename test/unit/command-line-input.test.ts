import { describe, expect, test } from 'vitest';
import { files, run } from '../support/command-line.ts';

const POLICY = `fairlead: 1
name: Test
fields:
  zip: { type: text }
  size: { type: number }
reps: [{ id: ada }]
pools:
  - { id: all, members: [{ rep: ada }], method: round_robin }
rules:
  - { id: local, when: { field: zip, op: eq, value: "02134" }, then: [{ pool: all }] }
fallback: [{ pool: all }]
`;
const LEADS = 'id,zip,size\nL1,02134,5\n';

/** Runs route on a policy and leads; what was told on standard error, without the folder. */
const refusal = async (given: { policy?: string; leads?: string | Uint8Array }) => {
  const paths = files({ 'policy.yaml': given.policy ?? POLICY, 'leads.csv': given.leads ?? LEADS });
  const { code, out, err } = await run(
    'route',
    '--policy',
    paths['policy.yaml'],
    '--leads',
    paths['leads.csv'],
    '--json',
  );
  expect({ code, out }).toEqual({ code: 2, out: '' });
  return err.replaceAll(/^.*\/(?=policy\.yaml|leads\.csv)/gm, '').trimEnd();
};

describe('a policy that cannot be read is refused with file, line and reason', () => {
  test.each([
    ['a broken form', POLICY.replace('[{ id: ada }]', '[{ id: ada }'), /^policy\.yaml:\d+: Flow sequence/],
    [
      'a key it does not know',
      POLICY.replace('fallback:', 'fallbak:'),
      'policy.yaml:11: fallbak is not known here; did you mean fallback?',
    ],
    [
      'a key it does not carry out',
      `${POLICY}intake: { again: always }\n`,
      /^policy\.yaml:12: intake\.again: always is not carried out yet; write never/,
    ],
    [
      'a number that is meant as text, with its zero in the remedy',
      POLICY.replace('"02134"', '02134'),
      'policy.yaml:10: rules[0].when.value: 02134 is a number, but the field is text; put it in quotes: "02134"',
    ],
    [
      'a pool that is not there',
      POLICY.replace('fallback: [{ pool: all }]', 'fallback: [{ pool: al }]'),
      'policy.yaml:11: fallback[0].pool: al is no pool of this policy; did you mean all?',
    ],
    [
      'a rep that is not there',
      POLICY.replace('reps: [{ id: ada }]\n', ''),
      'policy.yaml:7: pools[0].members[0].rep: ada is no rep of this policy; declare it under reps',
    ],
    ['a key given twice', `${POLICY}name: Again\n`, 'policy.yaml:12: Map keys must be unique'],
    ['an empty file', '', 'policy.yaml:1: must be an object of keys and values, but is empty'],
  ])('%s', async (_, policy, said) => {
    expect(await refusal({ policy })).toMatch(said);
  });

  test('every mistake at once, in the order of the file', async () => {
    const policy = POLICY.replace('type: number', 'type: numbr').replace(
      'id: ada',
      'id: ada, timezone: Mars/X',
    );
    expect((await refusal({ policy })).split('\n').map((line) => line.slice(0, 13))).toEqual([
      'policy.yaml:5',
      'policy.yaml:6',
    ]);
  });

  test('JSON is read as well', async () => {
    const policy = JSON.stringify({ fairlead: 1, name: 'Test', surprise: true }, null, 2);
    expect(await refusal({ policy })).toMatch(/^policy\.yaml:4: surprise is not known here/);
  });
});

describe('leads that cannot be read are refused with file, line and reason', () => {
  test.each([
    ['a value of the wrong type', `${LEADS}L2,1,many\n`, /^leads\.csv:3: size: many is no number/],
    [
      'the line counts lines within quotes',
      'id,zip,size\nL1,"a\nb",5\nL2,1,many\n',
      /^leads\.csv:4: size: many is no number/,
    ],
    ['too many cells', `${LEADS}L2,1,2,3\n`, /^leads\.csv:3: has 4 cells where the header has 3/],
    ['a quote left open', `${LEADS}L2,"1,2\nL3,1,2\n`, /^leads\.csv:3: a quote is opened and never closed/],
    ['a column nobody declared', 'id,zpi\n1,2\n', /^leads\.csv:1: column zpi is no declared field/],
    [
      'a misspelt column',
      'id,sizee\n1,2\n',
      'leads.csv:1: column sizee is no declared field; did you mean size?',
    ],
    ['a column twice', 'id,zip,zip\n1,2,3\n', 'leads.csv:1: column zip is there twice; remove one'],
    [
      'semicolons',
      'id;zip\n1;2\n',
      'leads.csv:1: the columns are not parted by commas; save the file with commas',
    ],
    [
      'an arrival without its offset',
      'arrived_at\n2026-11-24\n',
      /^leads\.csv:2: arrived_at: 2026-11-24 is no instant/,
    ],
    [
      'another encoding',
      Buffer.from('id,zip\n1,M\u00fcller\n', 'latin1'),
      /^leads\.csv: is not text in UTF-8/,
    ],
    ['an empty file', '', 'leads.csv: is empty; the first line names the columns'],
  ])('%s', async (_, leads, said) => {
    expect(await refusal({ leads })).toMatch(said);
  });

  test('a mistake in the last row prints nothing of the rows before; many are told as a number', async () => {
    const good = 'L,1,2\n'.repeat(5000);
    expect(await refusal({ leads: `id,zip,size\n${good}L,1,x\n` })).toMatch(/^leads\.csv:5002: size: x/);
    const lines = (await refusal({ leads: `size\n${'x\n'.repeat(30)}` })).split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([21, 'and 10 more']);
  });
});

describe('arguments', () => {
  test.each([
    [[], /name a command: the commands are route, /],
    [['sail', '--policy', 'p.yaml'], /sail is no command; the commands are route, /],
    [['rout'], /did you mean route\?/],
    [['route'], /--policy is missing/],
    [['route', '--policy', 'p.yaml'], /--leads is missing/],
    [['route', '--policy', 'p.yaml', '--leads', 'l.csv', '--fast'], /Unknown option '--fast'/],
    [['route', '--policy', 'p.yaml', '--leads', 'l.csv', '--at', 'noon'], /--at: noon is no instant/],
    [
      ['route', '--policy', '/nowhere/p.yaml', '--leads', 'l.csv'],
      /^\/nowhere\/p\.yaml: there is no such file/,
    ],
    [['route', '--policy', '.', '--leads', 'l.csv'], /^\.: is a folder/],
  ])('%j', async (args, said) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });

  test('--help tells how to call it', async () => {
    const { code, out } = await run('route', '--help');
    expect(code).toBe(0);
    expect(out).toContain('--policy FILE');
  });
});
