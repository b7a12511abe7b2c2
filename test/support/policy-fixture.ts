import type { OffboardingPlan, OffboardingView } from '../../server/assignments/offboarding/offboarding.ts';
import type {
  DraftView,
  PolicyOverview,
  VersionView,
} from '../../server/assignments/publishing/publishing.ts';
import type { WhyNotView } from '../../server/assignments/views.ts';

/** What the service would say of a policy's versions and drafts, of a rep who leaves, and why not somebody. */

const TEXT = `fairlead: 1
name: Inbound leads
timezone: America/New_York
fields:
  country:   {type: country, hubspot: contact.country}
  employees: {type: number, hubspot: company.numberofemployees}
pools:
  - {id: enterprise, name: Enterprise, method: round_robin, members: [{rep: dana, weight: 2}, {rep: sam}]}
  - {id: everyone, name: Everyone, method: round_robin, members: [{team: sales}], availability: ignore}
rules:
  - id: large
    name: Large companies
    when: {all: [{field: country, op: in, value: [US, CA]}, {field: employees, op: gte, value: 500}]}
    then: [{pool: enterprise, give: offer, claimWithin: PT10M}, {wait: PT2H}]
fallback: [{pool: everyone}]
`;

const version = (number: number, more: Partial<PolicyOverview['versions'][number]> = {}) => ({
  version: number,
  publishedAt: new Date(Date.UTC(2026, 10, 20 + number, 9, 30)).toISOString(),
  by: 'console',
  approvedBy: null,
  note: null,
  restores: null,
  ...more,
});

const HISTORY: PolicyOverview = {
  live: 3,
  rules: { approvals: 1, cleanCheck: false, simulation: true },
  versions: [
    version(3, { note: 'Smaller companies go to Enterprise too', by: 'person:per_1', approvedBy: 'key:ops' }),
    version(2, { note: 'Dana has more room', by: 'person:per_2', approvedBy: 'person:per_1' }),
    version(1, { note: 'The first one' }),
  ],
  drafts: [
    {
      id: 'drf_1',
      revision: 2,
      state: 'scheduled',
      note: 'A desk for Germany',
      authors: ['person:per_1'],
      approvedBy: 'key:ops',
      simulation: {
        by: 'person:per_1',
        at: '2026-11-24T10:05:00.000Z',
        days: 30,
        leads: 480,
        moved: 214,
        waited: 96,
        unowned: 12,
        worstLag: 904_000,
      },
      publishAt: new Date(Date.UTC(2026, 11, 1, 8)).toISOString(),
      version: null,
      refusal: null,
      changedAt: new Date(Date.UTC(2026, 10, 24, 10)).toISOString(),
    },
  ],
};

const LIVE: VersionView = {
  ...HISTORY.versions[0]!,
  document: {},
  text: TEXT,
  words: {
    rules: [
      {
        id: 'large',
        name: 'Large companies',
        when: 'country is one of US, CA and employees is at least 500',
        then: 'pool Enterprise, offered to one after the other with 10 minutes of working time to claim it; then wait 2 hours',
      },
      {
        id: 'weekend',
        name: 'Weekend',
        when: 'it is Sat, Sun',
        then: 'pool On call, offered to all at once with 15 minutes to claim it, meanwhile held by queue Inbound holding; then pool Everyone',
      },
      {
        id: 'dach',
        name: 'German speakers',
        when: 'language is de',
        then: 'pool German desk; then wait 4 hours',
      },
    ],
    fallback: 'pool Everyone',
    pools: [
      { id: 'enterprise', name: 'Enterprise', text: 'Dana Whitfield ×2, Sam Okafor, in turn by weight' },
      { id: 'german-desk', name: 'German desk', text: 'Jo Brandt ×3, Max Lindqvist, by open work' },
      {
        id: 'everyone',
        name: 'Everyone',
        text: 'team sales, in turn by weight; whether or not they are at work',
      },
    ],
  },
};

const DRAFT: DraftView = {
  ...HISTORY.drafts[0]!,
  state: 'open',
  publishAt: null,
  approvedBy: null,
  simulation: null,
  text: TEXT.replace('op: gte', 'op: above'),
  findings: [
    {
      severity: 'error',
      code: 'invalid',
      field: '/rules/0/when/all/1/op',
      line: 13,
      message: 'above is no operator; write one of eq, ne, in, not_in, gt, gte, lt, lte',
    },
  ],
  changes: [],
  needs: ['correction', 'approval'],
};

const CHECKED: DraftView = {
  ...DRAFT,
  id: 'drf_2',
  simulation: HISTORY.drafts[0]!.simulation,
  text: TEXT,
  findings: [],
  changes: [
    {
      kind: 'changed',
      part: 'rules',
      id: 'large',
      text: 'Rule Large companies: employees from at least 1000 to at least 500',
    },
    {
      kind: 'added',
      part: 'rules',
      id: 'vip',
      text: 'Rule VIP added in place 2: when employees is empty, Sam Okafor',
    },
    { kind: 'removed', part: 'rules', id: 'old', text: 'Rule Old partners removed' },
    { kind: 'changed', part: 'pools', id: 'enterprise', text: "Pool Enterprise: Dana's weight from 2 to 3" },
  ],
  needs: [],
};

const ref = (id: string, name: string) => ({ id, name });
const MOVES: OffboardingPlan['moves'] = [
  ['Marta Kowalczyk', 'Northwind Freight', 'Sam Okafor', 'account_kept'],
  ['Piotr Nowak', 'Northwind Freight', 'Sam Okafor', 'account_kept'],
  ['Oliver Bright', 'Halcyon Biotech', 'Jo Brandt', 'account_known'],
  ['Chen Wei', 'Lumen Retail', 'Max Lindqvist', 'best'],
  ['Ines Duarte', null, null, 'nobody'],
].map(([lead, company, to, because], i) => ({
  assignment: `asg_${i}`,
  lead: lead!,
  company: company ?? null,
  pool: ref('enterprise', 'Enterprise'),
  to: to ? ref(to, to) : null,
  because: because as OffboardingPlan['moves'][number]['because'],
}));

const PLAN: OffboardingPlan = {
  rep: ref('rep0', 'Dana Whitfield'),
  moves: MOVES,
  offers: 1,
  totals: [
    { rep: ref('sam', 'Sam Okafor'), more: 2, open: 4 },
    { rep: ref('jo', 'Jo Brandt'), more: 1, open: 5 },
    { rep: ref('max', 'Max Lindqvist'), more: 1, open: 6 },
  ],
  namedIn: ['pool Enterprise'],
};

const LEFT: OffboardingView = {
  id: 'off_1',
  rep: PLAN.rep,
  state: 'done',
  by: 'console',
  at: '2026-11-24T15:00:00.000Z',
  undoUntil: '2026-12-01T15:00:00.000Z',
  undone: null,
  moves: MOVES.map(({ assignment, to }) => ({ assignment, to, state: to ? 'moved' : 'decided' })),
};

const WHY_NOT: WhyNotView = {
  rep: ref('rep4', 'Priya Raman'),
  chosen: false,
  code: 'at_capacity',
  because: 'full: 8 of 8 leads today',
  change: {
    text: 'with 1 more free slot that day and if country were DE',
    facts: [],
    asOfNow: true,
  },
  next: { leads: 3, text: 'Next in about 3 leads like this one.' },
  unknown: null,
};

/** The reply to a request about any of these; undefined: it is about something else. */
export const policyReply = (method: string, path: string): unknown => {
  if (path === '/api/v1/policy/history') return HISTORY;
  if (/^\/api\/v1\/policy\/versions\/\d+$/.test(path)) return LIVE;
  if (path === '/api/v1/policy/diff') return { changes: CHECKED.changes };
  if (path === '/api/v1/policy/rollback') return { version: 4, warnings: [] };
  if (path === '/api/v1/policy/drafts' || (method === 'PUT' && path.startsWith('/api/v1/policy/drafts/')))
    return CHECKED;
  if (path.startsWith('/api/v1/policy/drafts/'))
    return method === 'GET' && path.endsWith('drf_1') ? DRAFT : CHECKED;
  if (/^\/api\/v1\/reps\/[^/]+\/offboarding\/plan$/.test(path)) return PLAN;
  if (/^\/api\/v1\/reps\/[^/]+\/offboarding$/.test(path)) return LEFT;
  if (/^\/api\/v1\/offboardings\/[^/]+\/undo$/.test(path))
    return { ...LEFT, state: 'undone', moves: LEFT.moves.map((move) => ({ ...move, state: 'back' })) };
  return /^\/api\/v1\/decisions\/[^/]+\/explanation\/[^/]+$/.test(path) ? WHY_NOT : undefined;
};
