/**
 * What a card on a record may be given, a sample for each state: one lead of the sample company, told at the same moment.
 */
import type {
  CandidateView,
  ExplanationView,
  NamedRef,
  RecordCard,
  RecordStanding,
  StoryEntry,
} from '../../server/assignments/views.ts';

/** When every sample was read. */
export const AS_OF = '2026-11-23T15:04:30.000Z';
const after = (seconds: number): string => new Date(Date.parse(AS_OF) + seconds * 1000).toISOString();

const DANA: NamedRef = { id: 'dana', name: 'Dana Whitfield' };
const SAM: NamedRef = { id: 'sam', name: 'Sam Okafor' };
const JO: NamedRef = { id: 'jo', name: 'Jo Brandt' };
const MAX: NamedRef = { id: 'max', name: 'Max Lindqvist' };
const REPS: readonly NamedRef[] = [DANA, SAM, JO, MAX, { id: 'priya', name: 'Priya Raman' }];

const CANDIDATES: readonly CandidateView[] = [
  {
    rep: 'dana',
    name: DANA.name,
    code: 'chosen',
    detail: 'Next in line: owed 0.62 of a lead.',
    pool: 'enterprise',
    lag: 0.62,
  },
  {
    rep: 'max',
    name: MAX.name,
    code: 'outranked',
    detail: 'Owed 0.11 of a lead, less than Dana.',
    pool: 'enterprise',
    lag: 0.11,
  },
  { rep: 'sam', name: SAM.name, code: 'off_hours', detail: 'Back at 09:00 in London.', pool: 'enterprise' },
  {
    rep: 'jo',
    name: JO.name,
    code: 'at_capacity',
    detail: 'Has 12 open leads, the most they take.',
    pool: 'enterprise',
  },
  { rep: 'priya', name: 'Priya Raman', code: 'time_off', detail: 'Away until Thursday.', pool: 'enterprise' },
];

const STORY: readonly StoryEntry[] = [
  { at: after(-272), kind: 'received', text: 'The lead came in from the web form.', rep: null },
  {
    at: after(-271),
    kind: 'decided',
    text: 'Rule “Large companies” matched; Enterprise was asked.',
    rep: null,
  },
  { at: after(-270), kind: 'offered', text: 'Offered to Dana Whitfield for 10 minutes.', rep: DANA },
];

const EXPLANATION: ExplanationView = {
  id: 'dec_01jd8m2q4x',
  lead: { id: 'lead_01jd8m2q4w' },
  outcome: 'assigned',
  rep: DANA,
  written: 'done',
  policy: { version: 14 },
  rule: { id: 'large', name: 'Large companies' },
  pool: { id: 'enterprise', name: 'Enterprise' },
  reason:
    'Northwind Freight has 2,400 employees and is in California, so Enterprise takes it. Dana was next in line among those at work.',
  decidedAt: after(-270),
  engine: 4,
  hash: 'sha256:5f1c',
  candidates: CANDIDATES,
  assignment: 'asg_01jd8m2q4y',
  logOnly: false,
  state: 'assigned',
  current: DANA,
  rules: [
    {
      rule: 'named',
      name: 'Known account',
      matched: false,
      because: 'No account of yours matches northwind.example.',
    },
    { rule: 'weekend', name: 'Weekend', matched: false, because: 'It is Monday.' },
    {
      rule: 'large',
      name: 'Large companies',
      matched: true,
      because: 'employees is 2,400, at least 1,000; territory is West.',
    },
  ],
  steps: [{ key: 'large.0', took: true, text: 'Offer to one of Enterprise for 10 minutes.' }],
  story: STORY,
  person: null,
  values: { country: 'US', employees: 2400 },
};

const STANDING: RecordStanding = {
  assignment: 'asg_01jd8m2q4y',
  version: 3,
  state: 'assigned',
  headline: 'Dana Whitfield has this lead since 16:01.',
  owner: DANA,
  queue: null,
  offeredTo: [],
  expiresAt: null,
  retryAt: null,
  written: 'done',
  remedy: null,
};

const NOTHING = { claim: false, decline: false, reassign: false };
const DECLINE_REASONS = [
  { code: 'not_my_area', label: 'Not my area' },
  { code: 'too_busy', label: 'Too busy' },
  { code: 'conflict', label: 'Conflict of interest' },
  { code: 'not_a_lead', label: 'Not a real lead' },
  { code: 'other', label: 'Something else' },
];

const CARD: RecordCard = {
  explanation: EXPLANATION,
  standing: STANDING,
  may: NOTHING,
  declineReasons: DECLINE_REASONS,
  reps: [],
  asOf: AS_OF,
};

const offered: ExplanationView = {
  ...EXPLANATION,
  outcome: 'offered',
  offer: { to: [DANA], expiresAt: after(330) },
  written: 'none',
};
const OFFER: RecordStanding = {
  ...STANDING,
  state: 'offered',
  headline: 'Offered to Dana Whitfield. Inbound holding has the record meanwhile.',
  owner: null,
  queue: { id: 'holding', name: 'Inbound holding' },
  offeredTo: [DANA],
  expiresAt: after(330),
};

const HUGE = 'Ferrous & Sons Precision Engineering Group of the Upper Midlands and Outlying Islands Limited';

/** A card in each state, by name. */
export const RECORD_CARDS = {
  neverRouted: { ...CARD, explanation: null, standing: null, declineReasons: [] },
  offeredToMe: {
    ...CARD,
    explanation: offered,
    standing: { ...OFFER, headline: 'Offered to you until 16:10. Inbound holding has the record meanwhile.' },
    may: { claim: true, decline: true, reassign: false },
  },
  offeredToOthers: {
    ...CARD,
    explanation: {
      ...offered,
      rep: null,
      offer: { to: [SAM, JO, MAX], expiresAt: after(95) },
      reason: 'Outside working hours a lead is offered to everybody on call; whoever claims it first has it.',
      rule: { id: 'weekend', name: 'Weekend' },
      pool: { id: 'on-call', name: 'On call' },
      candidates: [
        ...[SAM, JO, MAX].map(({ id, name }) => ({
          rep: id,
          name,
          code: 'chosen',
          detail: 'On call this week.',
          pool: 'on-call',
        })),
        { rep: 'dana', name: DANA.name, code: 'paused', detail: 'Paused by their manager.', pool: 'on-call' },
      ],
    },
    standing: {
      ...OFFER,
      headline: 'Offered to three reps at once; the first to claim has it.',
      offeredTo: [SAM, JO, MAX],
      expiresAt: after(95),
    },
  },
  assigned: {
    ...CARD,
    explanation: {
      ...EXPLANATION,
      story: [
        ...STORY,
        {
          at: after(-200),
          kind: 'claimed',
          text: 'Dana Whitfield claimed it after 1 minute 10 seconds.',
          rep: DANA,
        },
        { at: after(-198), kind: 'written', text: 'The owner stands in Salesforce.', rep: DANA },
      ],
    },
  },
  assignedToManage: {
    ...CARD,
    may: { ...NOTHING, reassign: true },
    reps: REPS,
  },
  waiting: {
    ...CARD,
    explanation: {
      ...EXPLANATION,
      outcome: 'waiting',
      rep: null,
      retryAt: after(64_530),
      reason:
        'Everybody in Enterprise is off hours or full, and the policy lets a large company wait for them.',
      candidates: CANDIDATES.slice(2),
    },
    standing: {
      ...STANDING,
      state: 'waiting',
      headline: 'Waits until somebody in Enterprise is at work.',
      owner: null,
      retryAt: after(64_530),
      written: 'none',
    },
  },
  inQueue: {
    ...CARD,
    explanation: {
      ...EXPLANATION,
      outcome: 'in_queue',
      rep: null,
      queue: { id: 'holding', name: 'Inbound holding' },
      pool: null,
      reason: 'No rule has a pool for this lead, so it lies in Inbound holding.',
      candidates: [],
    },
    standing: {
      ...STANDING,
      state: 'in_queue',
      headline: 'Lies in Inbound holding.',
      owner: null,
      queue: { id: 'holding', name: 'Inbound holding' },
    },
  },
  closed: {
    ...CARD,
    standing: { ...STANDING, state: 'closed', headline: 'Closed: the lead was converted.' },
  },
  logOnly: {
    ...CARD,
    explanation: { ...EXPLANATION, logOnly: true, written: 'none' },
    standing: { ...STANDING, written: 'none', headline: 'Would have gone to Dana Whitfield.' },
  },
  writeRefused: {
    ...CARD,
    standing: {
      ...STANDING,
      written: 'refused',
      remedy: 'Dana Whitfield is inactive in Salesforce. Reactivate the user, or reassign the lead here.',
    },
    may: { ...NOTHING, reassign: true },
    reps: REPS,
  },
  writePending: { ...CARD, standing: { ...STANDING, written: 'pending' } },
  longNames: {
    ...CARD,
    explanation: {
      ...EXPLANATION,
      reason: `${HUGE} has 48,000 employees, so Enterprise takes it. `.repeat(3),
      rule: {
        id: 'long',
        name: 'Manufacturing and precision engineering, over forty thousand employees, any territory',
      },
      candidates: Array.from({ length: 14 }, (_, index) => ({
        rep: `rep${index}`,
        name:
          index === 0
            ? 'Wolfeschlegelsteinhausenbergerdorff-Nyambura-Oyelaran, Maximiliane'
            : `Rep number ${index + 1}`,
        code: index === 0 ? 'chosen' : 'a_code_of_next_year',
        detail: index === 0 ? 'Next in line.' : 'For a reason this card has not heard of.',
        pool: 'enterprise',
      })),
    },
    standing: {
      ...STANDING,
      owner: { id: 'rep0', name: 'Wolfeschlegelsteinhausenbergerdorff-Nyambura-Oyelaran, Maximiliane' },
      headline: `${HUGE} is with Maximiliane since 16:01.`,
    },
  },
  rightToLeft: {
    ...CARD,
    explanation: {
      ...offered,
      reason: 'شركة النور للتجارة لديها 2,400 موظف، لذلك يتولاها فريق الشركات الكبرى.',
      rule: { id: 'large', name: 'الشركات الكبرى' },
      pool: { id: 'enterprise', name: 'فريق المؤسسات' },
      candidates: [
        { rep: 'leila', name: 'ليلى حداد', code: 'chosen', detail: 'التالية في الدور.', pool: 'enterprise' },
        {
          rep: 'sam',
          name: SAM.name,
          code: 'off_hours',
          detail: 'Back at 09:00 in London.',
          pool: 'enterprise',
        },
      ],
    },
    standing: {
      ...OFFER,
      headline: 'معروض عليك حتى الساعة 18:10.',
      offeredTo: [{ id: 'leila', name: 'ليلى حداد' }],
    },
    may: { claim: true, decline: true, reassign: false },
  },
  missingData: {
    ...CARD,
    explanation: {
      ...EXPLANATION,
      rule: null,
      pool: null,
      candidates: [],
      rules: [],
      story: [],
      values: null,
    },
    standing: { ...STANDING, owner: null, headline: '' },
  },
} as const satisfies Readonly<Record<string, RecordCard>>;

export type RecordCardName = keyof typeof RECORD_CARDS;
