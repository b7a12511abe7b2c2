import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXAMPLES, generateLeads } from '../../examples/generate-leads.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { decisionsIn, type Printed, run } from '../support/command-line.ts';
import { exampleFile, exampleLeads, examplePolicy, exampleText, membersOf } from '../support/example.ts';
import { isAtWork, wallClock } from '../support/wall-clock.ts';

const HOUR = 3_600_000;

const routed = new Map<string, readonly Printed[]>();

/** An example's decisions as the command prints them. */
const decisionsOf = async (example: string): Promise<readonly Printed[]> => {
  const known = routed.get(example);
  if (known !== undefined) return known;
  const { code, out, err } = await run(
    'route',
    '--policy',
    exampleFile(example, 'policy.yaml'),
    '--leads',
    exampleFile(example, 'leads.csv'),
    '--json',
  );
  expect([code, err]).toEqual([0, '']);
  const decisions = decisionsIn(out);
  routed.set(example, decisions);
  return decisions;
};

/** The hash holds the version of the zone data, which another Node may bring. */
const withoutHash = ({ hash: _, ...decision }: Printed) => decision;

describe.each(Object.keys(EXAMPLES))('%s', (example) => {
  test('its leads are those the generator makes', () => {
    expect(generateLeads(EXAMPLES[example]!)).toBe(exampleText(example, 'leads.csv'));
  });

  test('routes to the expected decisions', async () => {
    const expected = decisionsIn(exampleText(example, 'expected.jsonl'));
    expect((await decisionsOf(example)).map(withoutHash)).toEqual(expected.map(withoutHash));
  });

  test('every lead is decided once, in order, and ends with a rep, in a queue, or waiting for a moment to come', async () => {
    const decisions = await decisionsOf(example);
    expect(decisions.map(({ lead }) => lead.id)).toEqual(exampleLeads(example).map(({ id }) => id));
    for (const { outcome, rep, queue, retryAt, decidedAt } of decisions) {
      if (outcome === 'in_queue') expect(queue).toBeDefined();
      else if (outcome === 'waiting') expect(retryAt! > decidedAt).toBe(true);
      else expect(rep).not.toBeNull();
    }
  });
});

/** The YAML of a page of the documentation, block by block. */
const yamlIn = (page: string): readonly unknown[] => {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```yaml\n([^`]*)```/g)].map(([, yaml]) => parse(yaml!));
};

test('the policy in the documentation is one, with what its pages add to it', () => {
  const blocks = [...yamlIn('policy.md'), ...yamlIn('territories.md')];
  const reps = blocks.find(Array.isArray) as object[];
  const [policy, ...parts] = blocks.filter((one) => !Array.isArray(one)) as Record<string, object>[];
  expect(parsePolicy(policy)).toMatchObject({ ok: true });
  expect(parseReps([...reps, { id: 'sam', email: 'sam@example.com' }])).toMatchObject({ ok: true });
  expect(parts).toHaveLength(4);
  const fields = Object.assign(
    { email: { type: 'email' } },
    policy!.fields,
    ...parts.map((part) => part.fields),
  );
  const pools = [policy!, ...parts].flatMap((part) => (part.pools ?? []) as object[]);
  const known = [...(policy!.reps as object[]), { id: 'ed', teams: ['east-coast'] }];
  const whole = Object.assign({}, policy, ...parts, { fields, pools, reps: known });
  expect(parsePolicy(whole)).toMatchObject({ ok: true });
});

test('the leads are as real ones are: people who come back, blanks, nights and weekends', () => {
  for (const example of Object.keys(EXAMPLES)) {
    const leads = exampleLeads(example);
    expect(leads).toHaveLength(200);
    expect(new Set(leads.map(({ email }) => email)).size).toBeLessThan(195);
    for (const column of ['country', 'company', 'employees', 'language'])
      expect(leads.some((lead) => lead[column] === '')).toBe(true);
    const hours = leads.map((lead) => new Date(lead.arrived_at!));
    expect(hours.some((at) => at.getUTCDay() % 6 === 0)).toBe(true);
    expect(hours.some((at) => at.getUTCHours() < 6)).toBe(true);
  }
});

test('weighted-inbound: after every lead each share is within one lead of its weight', async () => {
  const policy = examplePolicy('weighted-inbound');
  for (const { id } of policy.pools) {
    const weights = membersOf(policy, id);
    const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
    const got = new Map<string, number>();
    const given = (await decisionsOf('weighted-inbound')).filter(({ pool }) => pool?.id === id);
    expect(given.length).toBeGreaterThan(20);
    for (const [i, { rep }] of given.entries()) {
      got.set(rep!.id, (got.get(rep!.id) ?? 0) + 1);
      for (const [member, weight] of weights)
        expect(Math.abs((got.get(member) ?? 0) - ((i + 1) * weight) / sum)).toBeLessThan(1);
    }
  }
});

test('follow-the-sun: nobody gets a lead outside their hours, on a holiday or on time off', async () => {
  const policy = examplePolicy('follow-the-sun');
  const atWork = (id: string, at: number) => isAtWork(policy.reps.find((rep) => rep.id === id)!, at, policy);
  for (const { rep, pool, decidedAt, offer, candidates } of await decisionsOf('follow-the-sun')) {
    if (rep === null) continue;
    const at = Date.parse(decidedAt);
    if (pool!.id === 'next-shift') {
      expect(candidates.some((one) => atWork(one.rep, at))).toBe(false);
      expect(
        Array.from({ length: 181 }, (_, i) => at + i * 60_000).some((then) => atWork(rep.id, then)),
      ).toBe(true);
    } else expect([rep, decidedAt, atWork(rep.id, at)]).toEqual([rep, decidedAt, true]);
    for (const { id } of offer?.to ?? []) expect(atWork(id, at)).toBe(true);
  }
});

test('follow-the-sun: who is said to be away is away, on both sides of the clock changes', async () => {
  const policy = examplePolicy('follow-the-sun');
  const seen = new Set<string>();
  for (const { candidates, decidedAt } of await decisionsOf('follow-the-sun'))
    for (const { rep, code } of candidates) {
      const away = !isAtWork(policy.reps.find(({ id }) => id === rep)!, Date.parse(decidedAt), policy);
      if (code === 'off_hours' || code === 'time_off' || code === 'holiday') expect(away).toBe(true);
      seen.add(code);
    }
  expect([...seen].sort()).toEqual(['chosen', 'holiday', 'off_hours', 'outranked', 'time_off']);
});

test('capacity-and-skills: no cap is ever passed, whoever is chosen works and speaks the language', async () => {
  const policy = examplePolicy('capacity-and-skills');
  const leads = new Map(exampleLeads('capacity-and-skills').map((lead) => [lead.id, lead]));
  const taken = new Map<string, number>();
  const full = new Set<string>();
  for (const { lead, rep, pool, decidedAt } of await decisionsOf('capacity-and-skills')) {
    if (rep === null) continue;
    const at = Date.parse(decidedAt);
    const written = policy.reps.find(({ id }) => id === rep.id)!;
    expect(isAtWork(written, at, policy)).toBe(true);
    if (pool?.id === 'languages')
      expect(written.skills?.language).toContain(leads.get(lead.id)!.language || 'en');
    const { date, hour, weekday } = wallClock(at, written.timezone ?? policy.timezone);
    const monday = new Date(Date.parse(date) - weekday * 24 * HOUR).toISOString().slice(0, 10);
    const windows = {
      open: 'ever',
      perHour: `${date} ${hour}`,
      perDay: date,
      perWeek: monday,
      perMonth: date.slice(0, 7),
    };
    for (const [cap, limit] of Object.entries(written.capacity ?? {})) {
      const key = `${rep.id} ${cap} ${windows[cap as keyof typeof windows]}`;
      taken.set(key, (taken.get(key) ?? 0) + 1);
      expect(taken.get(key)).toBeLessThanOrEqual(limit);
      if (taken.get(key) === limit) full.add(`${rep.id} ${cap}`);
    }
  }
  expect(full).toContain('elena open');
  expect(full).toContain('elena perHour');
  expect(full).toContain('benoit perWeek');
  expect(full).toContain('hannes perDay');
});

test('capacity-and-skills: who comes back from time off catches up, one lead more a day at most', async () => {
  const given = (await decisionsOf('capacity-and-skills')).filter(({ pool }) => pool?.id === 'core');
  const fair = new Map<string, number>();
  const got = new Map<string, number>();
  for (const { rep, candidates, decidedAt } of given) {
    const eligible = candidates.filter(({ code }) => code === 'chosen' || code === 'outranked');
    if (!eligible.some((one) => one.rep === 'ines')) continue;
    const day = decidedAt.slice(0, 10);
    fair.set(day, (fair.get(day) ?? 0) + 1 / eligible.length);
    got.set(day, (got.get(day) ?? 0) + (rep!.id === 'ines' ? 1 : 0));
  }
  const sum = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((total, n) => total + n, 0);
  expect(sum(got)).toBeGreaterThan(sum(fair) + 1);
  for (const [day, count] of got) expect(count - fair.get(day)!).toBeLessThan(1 + 1);
});
