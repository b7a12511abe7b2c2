import type { ServerResponse } from 'node:http';
import {
  fairnessOf,
  lagsOf,
  type PoolFairness,
  type PoolLags,
} from '../../server/assignments/pool-fairness.ts';
import type { PastSimulation } from '../../server/assignments/publishing/publishing.ts';
import { simulationNames } from '../../server/assignments/simulation-names.ts';
import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { policyHash } from '../../server/routing/policy/policy-hash.ts';
import { createComparing } from '../../server/routing/simulate/compare.ts';
import { auditOf } from '../../server/threads/audit-of.ts';
import { REPS as SAMPLE_REPS } from './sample-decisions.ts';

/** What the service would say of a try on the past, a pool's fairness and a file, worked out by the real core. */

const START = Date.parse('2026-11-02T14:00:00Z');
const HOUR = 3_600_000;
const REPS = SAMPLE_REPS.slice(0, 6).map((rep, i) => ({
  ...rep,
  ...(i === 4 && { hours: { 'mon-fri': '08:00-12:00' } }),
}));
const policyOf = (name: string, limit: number, weight: number) => ({
  fairlead: 1,
  name,
  timezone: 'America/New_York',
  hours: { 'mon-fri': '09:00-17:00' },
  fields: {
    country: { type: 'country', hubspot: 'contact.country' },
    employees: { type: 'number', hubspot: 'company.numberofemployees' },
  },
  queues: [{ id: 'holding', name: 'Inbound holding', hubspot: { owner: 'ops@example.com' } }],
  pools: [
    {
      id: 'enterprise',
      name: 'Enterprise',
      method: 'round_robin',
      availability: 'ignore',
      members: [{ rep: 'rep0', weight }, { rep: 'rep1' }, { rep: 'rep2' }],
    },
    { id: 'german-desk', name: 'German desk', method: 'round_robin', members: [{ rep: 'rep4' }] },
    {
      id: 'everyone',
      name: 'Everyone',
      method: 'round_robin',
      members: REPS.slice(1).map(({ id }) => ({ rep: id })),
    },
  ],
  rules: [
    {
      id: 'large',
      name: 'Large companies',
      when: { field: 'employees', op: 'gte', value: limit },
      then: [{ pool: 'enterprise' }],
    },
    {
      id: 'dach',
      name: 'German speakers',
      when: { field: 'country', op: 'in', value: ['DE', 'AT'] },
      then: [{ pool: 'german-desk' }, { wait: 'PT4H' }, { queue: 'holding' }],
    },
  ],
  fallback: [{ pool: 'everyone' }],
  reps: REPS,
});

const compiled = (name: string, limit: number, weight: number) => {
  const parsed = parsePolicy(policyOf(name, limit, weight));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy({ version: 1, hash: policyHash(parsed.policy), policy: parsed.policy });
};

const PEOPLE = [
  'Marta Kowalczyk',
  'Oliver Bright',
  'Chen Wei',
  'Ines Duarte',
  'Ravi Subramaniam',
  'Leila Haddad',
];
const COMPANIES = [
  'Northwind Freight',
  'Halcyon Biotech',
  'Lumen Retail',
  null,
  'Kestrel Payments',
  'شركة النور',
];

let said: PastSimulation | null = null;

/** A draft that takes smaller companies as large, on some hundred leads. */
const simulation = (): PastSimulation => {
  if (said !== null) return said;
  const [draft, live] = [compiled('A smaller limit', 400, 3), compiled('Inbound leads', 1000, 2)];
  const parts = { reps: draft.policy.reps ?? [], holidays: () => new Set<string>(), zones: 'test' };
  const comparing = createComparing({
    policy: { ...parts, compiled: draft },
    against: { ...parts, compiled: live },
    hasHistory: true,
    minutes: [5, 60],
  });
  for (let i = 0; i < 480; i++)
    comparing.arrive({
      id: `led_${i}`,
      decision: `dec_${String(1 + (i % 8)).padStart(8, '0')}`,
      values: { country: i % 9 === 0 ? 'DE' : 'US', employees: (i * 7919) % 2000 },
      arrivedAt: START + i * 1.4 * HOUR,
      handling: 5 * HOUR,
      owner: REPS[(i * 31) % REPS.length]!.id,
    });
  const compared = comparing.end();
  const people = Object.fromEntries(
    (compared.movedLeads ?? []).map(({ lead }, i) => [
      lead,
      { name: i % 11 === 10 ? null : PEOPLE[i % PEOPLE.length]!, company: COMPANIES[i % COMPANIES.length]! },
    ]),
  );
  said = {
    ...compared,
    policies: {
      policy: { name: draft.policy.name, hash: draft.hash },
      against: { name: live.policy.name, hash: live.hash },
    },
    past: { days: 30, leads: 480, erased: 12, truncated: false, fieldsWithoutValues: ['budget'] },
    names: simulationNames([draft.policy, live.policy], draft.policy.reps ?? []),
    people,
  };
  return said;
};

/** No lead came in those days. */
const nothing = (): PastSimulation => {
  const draft = compiled('A smaller limit', 400, 3);
  const parts = { reps: [], holidays: () => new Set<string>(), zones: 'test', compiled: draft };
  const comparing = createComparing({ policy: parts, against: parts, hasHistory: true, minutes: [5, 60] });
  const none = { days: 7, leads: 0, erased: 0, truncated: false, fieldsWithoutValues: [] };
  return { ...simulation(), ...comparing.end(), past: none, people: {} };
};

/** Answers line by line, as the service does. `days`: of a week there is nothing. */
export const replyToTry = (response: ServerResponse, days: number): void => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  for (const done of [160, 320, 480]) response.write(`${JSON.stringify({ progress: { done, of: 480 } })}\n`);
  response.end(`${JSON.stringify({ reply: days === 7 ? nothing() : simulation() })}\n`);
};

async function* entries(bounded: boolean) {
  const weights = [2, 1, 1];
  const lags = [0, 0, 0];
  const page = [];
  for (let i = 0; i < 300; i++) {
    const there = bounded
      ? [0, 1, 2]
      : [0, 1, 2].filter((rep) => (i * 7 + rep * 5) % 11 > 3 || rep === i % 3);
    const sum = there.reduce((total, rep) => total + weights[rep]!, 0);
    const owed: Record<string, number> = {};
    for (const rep of there) owed[`rep${rep}`] = Math.floor((weights[rep]! / sum) * 1_000_000);
    const rest = 1_000_000 - Object.values(owed).reduce((total, amount) => total + amount, 0);
    owed[`rep${there[0]}`]! += rest;
    for (const rep of there) lags[rep]! += owed[`rep${rep}`]!;
    const taker = there.toSorted((a, b) => lags[b]! - lags[a]! || a - b)[0]!;
    lags[taker]! -= 1_000_000;
    page.push({
      seq: i + 1,
      at: START + i * 2.1 * HOUR,
      kind: 'given' as const,
      decisionId: `dec_${i}`,
      posting: {
        pool: 'enterprise',
        owed,
        charged: { [`rep${taker}`]: 1_000_000 },
        banked: {},
        released: {},
        previousAt: null,
      },
    });
  }
  yield page;
}

async function* none() {}

const nameOf = (rep: string): string => REPS.find(({ id }) => id === rep)?.name ?? rep;

/** The reply about a pool's fairness or lags: one pool has a bound, one none, and the German desk gave no lead yet. */
export const replyAboutPool = async (path: string): Promise<PoolFairness | PoolLags | undefined> => {
  const [, id, what] = /^\/api\/v1\/pools\/([\w-]+)\/(fairness|lags)$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  const pages = id === 'german-desk' ? none() : entries(id === 'enterprise');
  const names: Readonly<Record<string, string>> = {
    enterprise: 'Enterprise',
    mid: 'Mid-market',
    'german-desk': 'German desk',
  };
  return what === 'lags' ? lagsOf(pages, nameOf) : fairnessOf({ id, name: names[id] ?? id }, pages, nameOf);
};

/** The reply about a file. */
export const replyToAudit = (url: URL, text: string): { readonly status: number; readonly body: unknown } => {
  const { owner, at, timezone } = Object.fromEntries(url.searchParams);
  const answer = auditOf({
    text,
    columns: { owner: owner ?? '', at: at ?? '' },
    timezone: timezone ?? 'UTC',
  });
  if (answer.ok) return { status: 200, body: { ...answer.report, says: answer.says } };
  const errors = answer.problems.map(({ line, reason }) => ({ field: `/line/${line}`, message: reason }));
  const detail = 'The file cannot be read. Correct what is named and send it again.';
  return { status: 422, body: { code: 'invalid_csv', detail, errors } };
};

/** A file of a company whose leads went out by hand. */
export const SAMPLE_FILE = [
  'Lead,Owner,Create Date',
  ...Array.from({ length: 240 }, (_, i) => {
    const turn = (i * i) % 17;
    const owner =
      turn < 9 ? 'Dana Whitfield' : turn < 12 ? 'Sam Okafor' : turn < 15 ? 'Jo Brandt' : 'Max Lindqvist';
    return `${i},${owner},${new Date(START + i * 2.7 * HOUR).toISOString()}`;
  }),
].join('\n');
