/** Cards as the service answers them, one for each way a lead can stand. All at one instant, so that pictures repeat. */
import type {
  CandidateView,
  ExplanationView,
  NamedRef,
  RecordCard,
  RecordStanding,
  StoryEntry,
} from '../../src/app/cards/record-card.ts';
import { CLOSED, candidates, DANA, JO, LOGGED, QUEUED, REPS, RULES, story, WAITS } from './sample-parts.ts';

/** When everything in the samples is looked at. */
export const NOW = '2026-11-24T15:04:00.000Z';
const NOTHING = { claim: false, decline: false, reassign: false };
const ENTERPRISE = { id: 'enterprise', name: 'Enterprise' };
const DECLINE_REASONS = [
  { code: 'not_my_area', label: 'Not my area' },
  { code: 'too_busy', label: 'Too busy' },
  { code: 'conflict', label: 'A conflict of interest' },
  { code: 'bad_lead', label: 'Not a real lead' },
  { code: 'other', label: 'Another reason' },
];

const decision = {
  id: 'dec_0001',
  lead: { id: 'led_0001' },
  policy: { version: 3 },
  rule: { id: 'large', name: 'Large companies' },
  pool: ENTERPRISE,
  reason:
    'Large companies go to Enterprise. Dana Whitfield was next in line: the pool owed her 0.62 of a lead, more than anyone who could take it now.',
  decidedAt: '2026-11-24T15:00:00.000Z',
  engine: 1,
  hash: `sha256:${'a1b2'.repeat(16)}`,
  candidates,
  assignment: 'asg_0001',
  logOnly: false,
  state: 'assigned',
  current: DANA,
  rules: RULES,
  steps: [],
  story,
  person: null,
  values: null,
} as const;

type Assigned = ExplanationView & { readonly outcome: 'assigned' };

const assignedTo = (rep: NamedRef): Assigned => ({ ...decision, written: 'done', outcome: 'assigned', rep });

const standing = (over: Partial<RecordStanding>): RecordStanding => ({
  assignment: 'asg_0001',
  version: 2,
  state: 'assigned',
  headline: 'Dana Whitfield has the lead.',
  owner: DANA,
  queue: null,
  offeredTo: [],
  expiresAt: null,
  retryAt: null,
  written: 'done',
  remedy: null,
  ...over,
});

const card = (over: Partial<RecordCard>): RecordCard => ({
  explanation: assignedTo(DANA),
  standing: standing({}),
  may: NOTHING,
  declineReasons: [],
  reps: [],
  asOf: NOW,
  ...over,
});

const offer: ExplanationView = {
  ...decision,
  state: 'offered',
  current: null,
  written: 'none',
  story: story.slice(0, 3),
  outcome: 'offered',
  rep: DANA,
  offer: { to: [DANA], expiresAt: '2026-11-24T15:10:00.000Z' },
};

const offered = (over: Partial<RecordStanding>) =>
  standing({
    state: 'offered',
    headline: 'Offered to Dana Whitfield.',
    owner: null,
    queue: { id: 'holding', name: 'Inbound holding' },
    offeredTo: [DANA],
    expiresAt: '2026-11-24T15:10:00.000Z',
    written: 'none',
    ...over,
  });

const nobody: readonly CandidateView[] = candidates
  .filter(({ code }) => code !== 'chosen' && code !== 'outranked')
  .slice(0, 3);

export const samples = {
  neverRouted: card({ explanation: null, standing: null }),
  assigned: card({ may: { ...NOTHING, reassign: true }, reps: REPS }),
  offeredToMe: card({
    explanation: offer,
    standing: offered({}),
    may: { claim: true, decline: true, reassign: false },
    declineReasons: DECLINE_REASONS,
  }),
  offeredToOthers: card({
    explanation: { ...offer, offer: { to: [DANA, JO], expiresAt: '2026-11-24T15:10:00.000Z' } },
    standing: offered({
      headline: 'Offered to Dana Whitfield and Jo Brandt: the first to claim has it.',
      offeredTo: [DANA, JO],
    }),
    may: { ...NOTHING, reassign: true },
    reps: REPS,
  }),
  clockNotStarted: card({ explanation: offer, standing: offered({ expiresAt: null }) }),
  waiting: card({
    explanation: {
      ...decision,
      state: 'waiting',
      current: null,
      written: 'none',
      outcome: 'waiting',
      rep: null,
      retryAt: '2026-11-25T09:00:00.000Z',
      candidates: nobody,
      story: [WAITS],
      reason: 'Large companies go to Enterprise. Nobody there can take a lead now.',
    },
    standing: standing({
      state: 'waiting',
      headline: 'Waits until somebody in Enterprise is at work.',
      owner: null,
      queue: { id: 'holding', name: 'Inbound holding' },
      retryAt: '2026-11-25T09:00:00.000Z',
      written: 'none',
    }),
    may: { ...NOTHING, reassign: true },
    reps: REPS,
  }),
  inQueue: card({
    explanation: {
      ...decision,
      state: 'in_queue',
      current: null,
      written: 'done',
      outcome: 'in_queue',
      rep: null,
      queue: { id: 'holding', name: 'Inbound holding' },
      rule: null,
      pool: null,
      candidates: [],
      story: [QUEUED],
      reason: 'No rule took the lead, so it lies in the queue Inbound holding.',
    },
    standing: standing({
      state: 'in_queue',
      headline: 'In the queue Inbound holding.',
      owner: null,
      queue: { id: 'holding', name: 'Inbound holding' },
    }),
  }),
  closed: card({
    explanation: { ...assignedTo(DANA), state: 'closed', story: [...story, CLOSED] },
    standing: standing({ state: 'closed', headline: 'Closed: it is no longer open work in the CRM.' }),
  }),
  notRouted: card({
    explanation: {
      ...decision,
      state: 'closed',
      written: 'none',
      outcome: 'not_routed',
      rep: null,
      because: 'already_owned',
      rule: null,
      pool: null,
      candidates: [],
      rules: [],
      story: [],
      reason: 'Not routed: the record has an owner already.',
    },
    standing: null,
  }),
  logOnly: card({
    explanation: { ...assignedTo(DANA), logOnly: true, written: 'none', story: [LOGGED] },
    standing: standing({ headline: 'Dana Whitfield would have the lead.', owner: null, written: 'none' }),
  }),
  ownerPending: card({ standing: standing({ written: 'pending' }) }),
  writeRefused: card({
    explanation: { ...assignedTo(DANA), written: 'refused' },
    standing: standing({
      written: 'refused',
      remedy:
        'Dana Whitfield has no seat in HubSpot that may own records. Give her one, then retry in Fairlead.',
    }),
  }),
  longNames: card({
    explanation: {
      ...assignedTo(DANA),
      rule: { id: 'long', name: 'Precision engineering, forgings & castings, Upper Midlands and Marches' },
      pool: { id: 'long', name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk' },
      candidates: candidates.map((one, index) =>
        index === 0 ? { ...one, name: 'Maximiliana-Theodora von und zu Hohenschwangau-Wittelsbach' } : one,
      ),
    },
    standing: standing({
      headline: 'Maximiliana-Theodora von und zu Hohenschwangau-Wittelsbach has the lead.',
      owner: { id: 'long', name: 'Maximiliana-Theodora von und zu Hohenschwangau-Wittelsbach' },
    }),
  }),
  rightToLeft: card({
    explanation: {
      ...assignedTo({ id: 'leila', name: 'ليلى حداد' }),
      reason:
        'الشركات الكبيرة تذهب إلى فريق المؤسسات. كان الدور على ليلى حداد: كان الفريق مدينًا لها بأكثر من غيرها.',
      rule: { id: 'large', name: 'الشركات الكبيرة' },
      pool: { id: 'enterprise', name: 'فريق المؤسسات' },
      candidates: [
        { rep: 'leila', name: 'ليلى حداد', code: 'chosen', detail: 'الدور عليها', pool: 'فريق المؤسسات' },
        {
          rep: 'noa',
          name: 'נועה לוי',
          code: 'off_hours',
          detail: 'חוזרת בשעה 09:00',
          pool: 'فريق المؤسسات',
        },
      ],
      rules: [],
      story: [{ at: '2026-11-24T15:00:00.000Z', kind: 'assigned', text: 'أُسند إلى ليلى حداد.', rep: null }],
    },
    standing: standing({
      headline: 'العميل المحتمل لدى ليلى حداد.',
      owner: { id: 'leila', name: 'ليلى حداد' },
    }),
  }),
  missing: card({
    explanation: {
      ...assignedTo(DANA),
      rule: null,
      pool: null,
      candidates: [],
      rules: [],
      story: [] as readonly StoryEntry[],
      reason: 'Dana Whitfield was named by hand.',
    },
    standing: standing({}),
  }),
} as const satisfies Record<string, RecordCard>;
