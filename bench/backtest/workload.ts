import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type MixedRule, makeLeads, makeRules, type Test } from '../rules/rule-mix.ts';

/** What is tried on the past in this bench: 200 rules into 5 pools of 10 reps, and all 50 for what no rule takes. */
export const RULES = 200;
const REPS = 50;
const POOLS = 5;
/** Leads a day, around the clock: a million are 500 days. */
const PER_DAY = 2000;
const BEGIN = Date.parse('2025-01-01T00:00:00Z');
const DAY = 86_400_000;
/** How many leads are made at once. */
const BLOCK = 1000;

const ZONES = ['America/New_York', 'Europe/Berlin', 'Asia/Singapore'];
const repId = (i: number) => `rep-${String(i).padStart(2, '0')}`;

/** The rules, as the linear walk takes them. */
export const rules: readonly MixedRule[] = makeRules(RULES, 'usual');

/** Which pool a rule's leads go to. */
export const poolOf = (rule: number): number => rule % POOLS;

/** The reps of a pool; of the last, everybody. */
export const membersOf = (pool: number): readonly string[] =>
  Array.from({ length: REPS }, (_, i) => i)
    .filter((i) => pool === POOLS || i % POOLS === pool)
    .map(repId);

/** Everybody's pool, which takes what no rule matches. */
export const EVERYBODY = POOLS;

/** The policy: reps with hours in three zones and room for 40 open leads. */
export const policy = () => ({
  fairlead: 1,
  name: 'Backtest',
  timezone: 'America/New_York',
  fields: fieldsOf(makeLeads(1)[0]!),
  reps: Array.from({ length: REPS }, (_, i) => ({
    id: repId(i),
    timezone: ZONES[i % ZONES.length],
    hours: { 'mon-fri': '09:00-17:00' },
    capacity: { open: 40 },
  })),
  pools: Array.from({ length: POOLS + 1 }, (_, pool) => ({
    id: `pool-${pool}`,
    members: membersOf(pool).map((rep, i) => ({ rep, weight: 1 + (i % 3) })),
    method: 'round_robin',
    availability: 'now',
  })),
  rules: rules.map((tests, i) => ({
    id: `rule-${i}`,
    when: { all: tests.map(toDocument) },
    then: [{ pool: `pool-${poolOf(i)}` }],
  })),
  fallback: [{ pool: `pool-${EVERYBODY}` }],
});

const fieldsOf = (lead: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(lead).map(([field, value]) => [
      field,
      { type: typeof value === 'number' ? 'number' : 'text' },
    ]),
  );

const toDocument = (test: Test): object => {
  const { field } = test;
  switch (test.op) {
    case 'in':
      return { field, op: 'in', value: test.values };
    case 'between':
      return { field, op: 'between', value: [test.from, test.to] };
    case 'same':
      return { field, op: 'eq', valueField: test.other };
    case 'eq':
    case 'ne':
    case 'contains':
    case 'gte':
    case 'lt':
      return { field, op: test.op, value: test.value };
    default:
      return test satisfies never;
  }
};

/** Writes so many leads to a file, a thousand at a time: the same count, the same file. */
export const writeLeads = async (file: string, count: number): Promise<void> => {
  const out = createWriteStream(file);
  const columns = Object.keys(makeLeads(1)[0]!);
  out.write(`id,arrived_at,${columns.join()}\n`);
  for (let done = 0; done < count; done += BLOCK) {
    const rows = makeLeads(Math.min(BLOCK, count - done), 2 + done).map((lead, i) => {
      const at = new Date(BEGIN + Math.floor(((done + i) * DAY) / PER_DAY)).toISOString();
      return `lead-${done + i},${at},${columns.map((column) => lead[column]).join()}\n`;
    });
    if (!out.write(rows.join(''))) await once(out, 'drain');
  }
  out.end();
  await finished(out);
};
