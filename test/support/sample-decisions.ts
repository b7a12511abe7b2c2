import type { DecisionSummary } from '../../server/assignments/queries.ts';
import type { CandidateView, ExplanationView } from '../../server/assignments/views.ts';

/** Reps, people and pools that every sample shows. */
export const REPS = [
  'Dana Whitfield',
  'Sam Okafor',
  'Jo Brandt',
  'Max Lindqvist',
  'Priya Raman',
  'Tomás Herrera',
  'Aiko Tanaka',
].map((name, index) => ({ id: `rep${index}`, name }));
const PEOPLE = [
  ['Marta Kowalczyk', 'Northwind Freight', 'Could you call me today? We have 40 trucks waiting on a quote.'],
  ['Leila Haddad', 'شركة النور للتجارة', 'نريد عرض سعر لفريق من مئة شخص'],
  ['Oliver Bright', 'Halcyon Biotech', null],
  [null, 'Ferrous & Sons Precision Engineering Group of the Upper Midlands Limited', null],
  ['Chen Wei', 'Lumen Retail', 'Interested in the annual plan'],
  ['Ines Duarte', null, null],
  ['Ravi Subramaniam', 'Kestrel Payments', 'Please send pricing for 1,200 seats.'],
] as const;
export const POOLS = [
  { id: 'enterprise', name: 'Enterprise' },
  { id: 'mid', name: 'Mid-market' },
  { id: 'german-desk', name: 'German desk' },
];
const RULES = [
  { id: 'large', name: 'Large companies' },
  { id: 'dach', name: 'German speakers' },
  { id: 'rest', name: 'Everybody else' },
];
const pick = <T>(items: readonly T[], index: number): T => items[index % items.length]!;

const candidates = (pool: string): CandidateView[] => [
  {
    rep: 'rep0',
    name: 'Dana Whitfield',
    code: 'chosen',
    detail: 'next in line: owed 0.62 of a lead',
    pool,
    lag: 0.62,
  },
  {
    rep: 'rep1',
    name: 'Sam Okafor',
    code: 'outranked',
    detail: 'owed 0.21 of a lead, less than Dana',
    pool,
    lag: 0.21,
  },
  { rep: 'rep2', name: 'Jo Brandt', code: 'off_hours', detail: 'back at 09:00 Berlin', pool },
  {
    rep: 'rep3',
    name: 'Max Lindqvist',
    code: 'time_off',
    detail: 'away until 1 December, 09:00 Stockholm',
    pool,
  },
  { rep: 'rep4', name: 'Priya Raman', code: 'at_capacity', detail: '8 leads today, at most 8', pool },
];

/** One plausible decision. `seq` decides everything about it. */
export function sampleDecision(seq: number, at: number): DecisionSummary {
  const [name, company] = pick(PEOPLE, seq);
  const rep = pick(REPS, seq * 3);
  const base = {
    id: `dec_${String(seq).padStart(8, '0')}`,
    seq,
    lead: { id: `led_${seq}` },
    written: pick(['done', 'done', 'pending', 'done', 'refused', 'done'] as const, seq),
    policy: { version: 3 },
    rule: pick(RULES, seq),
    pool: pick(POOLS, seq),
    reason: 'Large companies go to Enterprise. Dana was next in line.',
    decidedAt: new Date(at).toISOString(),
    engine: 1,
    hash: `sha256:${String(seq).padStart(64, 'a1b2')}`,
    candidates: candidates('Enterprise'),
    assignment: `asg_${seq}`,
    logOnly: false,
    source: pick(['hubspot_action', 'api', 'webhook'], seq),
    person:
      seq % 11 === 10
        ? null
        : {
            name: name ?? null,
            company: company ?? null,
            url: 'http://127.0.0.1:3001/desk/contacts/101',
          },
  };
  if (seq % 6 === 1)
    return {
      ...base,
      outcome: 'offered',
      written: 'none',
      rep,
      offer: { to: [rep], expiresAt: new Date(at + 600_000).toISOString() },
      state: 'offered',
      current: null,
    };
  if (seq % 9 === 5)
    return {
      ...base,
      outcome: 'waiting',
      written: 'none',
      rep: null,
      retryAt: new Date(at + 3_600_000).toISOString(),
      state: 'waiting',
      current: null,
    };
  if (seq % 13 === 8)
    return {
      ...base,
      outcome: 'in_queue',
      rep: null,
      queue: { id: 'holding', name: 'Inbound holding' },
      state: 'in_queue',
      current: null,
    };
  if (seq % 17 === 9)
    return {
      ...base,
      outcome: 'not_routed',
      written: 'none',
      rep,
      because: 'already_owned',
      state: 'closed',
      current: rep,
    };
  return { ...base, outcome: 'assigned', rep, state: 'assigned', current: rep };
}

/** Its whole story. */
export function sampleExplanation(summary: DecisionSummary, at: number): ExplanationView {
  const person =
    summary.person === null
      ? null
      : {
          ...summary.person,
          email: 'marta.kowalczyk@northwind.example',
          phone: '+48 22 555 0142',
          source: 'Webinar',
          message: pick(PEOPLE, summary.seq)[2],
        };
  return {
    ...summary,
    person,
    reason:
      'Large companies go to Enterprise. Dana was next in line: the pool owed her 0.62 of a lead, more than anyone who could take it now.',
    rules: [
      {
        rule: 'weekend',
        name: 'Weekend',
        matched: false,
        because: 'it was Tuesday 09:00 in New York, needs Saturday or Sunday',
      },
      { rule: 'dach', name: 'German speakers', matched: false, because: 'language is English, needs German' },
      {
        rule: 'large',
        name: 'Large companies',
        matched: true,
        because: 'employees is 1,200, at least 1,000',
      },
    ],
    steps: [
      { key: 'large/0', took: false, text: 'Pool German desk: nobody could take it' },
      { key: 'large/1', took: true, text: 'Pool Enterprise: offered to Dana Whitfield' },
    ],
    slas: [
      {
        id: 'first-touch',
        name: 'First touch',
        reps: [REPS[0]!],
        startedAt: new Date(at - 100_000).toISOString(),
        dueAt: new Date(at + 200_000).toISOString(),
        metAt: null,
        state: 'running',
        text: 'First touch is due 10:05 New York.',
      },
      {
        id: 'first-touch',
        name: 'First touch',
        reps: [REPS[2]!],
        startedAt: new Date(at - 1_100_000).toISOString(),
        dueAt: new Date(at - 800_000).toISOString(),
        metAt: null,
        state: 'missed',
        text: 'First touch was due 09:46 New York and is missed.',
      },
    ],
    story: [
      {
        at: new Date(at - 240_000).toISOString(),
        kind: 'decided',
        text: 'Decided: offered to Jo Brandt',
        rep: null,
      },
      {
        at: new Date(at - 200_000).toISOString(),
        kind: 'declined',
        text: 'Jo Brandt declined: not my area',
        rep: REPS[2]!,
      },
      {
        at: new Date(at - 199_000).toISOString(),
        kind: 'decided',
        text: 'Decided afresh: offered to Dana Whitfield',
        rep: null,
      },
      {
        at: new Date(at - 90_000).toISOString(),
        kind: 'claimed',
        text: 'Dana Whitfield claimed it',
        rep: REPS[0]!,
      },
      {
        at: new Date(at - 89_000).toISOString(),
        kind: 'owner_written',
        text: 'HubSpot shows Dana Whitfield as owner',
        rep: REPS[0]!,
      },
    ],
    values: { country: 'US', employees: 1200 },
  };
}
