import type { AdjustmentView, Overview } from '../../server/assignments/queries.ts';
import { POOLS, REPS } from './sample-decisions.ts';

/** The live page's figures after so many decisions; `change`: what differs. */
export function sampleOverview(decided: number, at: number, change: Partial<Overview>): Overview {
  return {
    tenant: { name: 'Harbour & Pine', mode: 'live', paused: false, policyVersion: 3 },
    counts: {
      decidedToday: decided,
      openOffers: Math.min(decided, 7),
      waiting: Math.min(decided, 4),
      inQueues: Math.min(decided, 2),
      deliveriesPending: Math.min(decided, 3),
      deliveriesRefused: Math.min(decided, 1),
    },
    ...(decided > 0 && { slas: { running: 5, overdue: 1, metToday: 46, missedToday: 2, metPercent: 96 } }),
    perMinute: Array.from({ length: 60 }, (_, minute) => ({
      at: new Date(at - (60 - minute) * 60_000).toISOString(),
      decided: decided === 0 ? 0 : Math.round(6 + 4 * Math.sin(minute / 5) + (minute % 7)),
    })),
    pools: POOLS.map((pool, index) => ({
      ...pool,
      worstLag: 0.84 - index * 0.2,
      members: REPS.slice(index, index + 5).map((rep, place) => ({
        rep,
        weight: 1 + (place % 3),
        received: decided === 0 ? 0 : 40 + 17 * (place % 3) + place,
        lag: decided === 0 ? 0 : [0.42, -0.84, 0.31, 0.02, -0.11][place]! * (1 - index * 0.25),
        open: 3 + place,
        availability: ['available', 'available', 'off_hours', 'time_off', 'available'][place]!,
        skip: place === 1 ? ('keep' as const) : null,
      })),
    })),
    connections: [
      {
        id: 'con_1',
        vendor: 'hubspot',
        name: 'Harbour & Pine portal',
        status: 'active',
        url: 'http://127.0.0.1:3001/desk',
      },
      {
        id: 'con_2',
        vendor: 'slack',
        name: 'harbour-pine',
        status: 'active',
        url: 'http://127.0.0.1:3001/slack',
      },
    ],
    alerts: [],
    ...change,
  };
}

/** How full the vendors' limits are. */
export const USAGES = [
  { id: 'con_1', usage: { limit: 'calls a day', used: 183_420, of: 250_000, resetsAt: null } },
  { id: 'con_2', usage: null },
];

/** What people changed in any pool. */
export const ADJUSTMENTS: readonly AdjustmentView[] = [
  {
    id: 'adj_1',
    at: new Date(Date.now() - 600_000).toISOString(),
    rep: REPS[1]!,
    kind: 'skip',
    leads: 0,
    skip: 'keep',
    reason: 'In a demo until noon',
    by: 'Dana Whitfield',
    assignment: null,
    decision: null,
  },
  {
    id: 'adj_0',
    at: new Date(Date.now() - 7_200_000).toISOString(),
    rep: REPS[0]!,
    kind: 'debit',
    leads: -0.5,
    skip: null,
    reason: '<b>Took</b> one from the fair',
    by: 'console',
    assignment: null,
    decision: null,
  },
];

/** Who looks at the page. */
export const OWNER = {
  name: 'Olga Petrova',
  person: { id: 'per_1', email: 'olga@example.com' },
  role: 'owner',
  may: ['read', 'route', 'answer', 'manage', 'administer', 'own'],
  rep: null,
  workspace: 'Harbour & Pine',
};

/** Who did something there, of whom one was removed since. */
export const SIGNED_IN = {
  whole: true,
  people: [
    {
      id: 'per_1',
      name: OWNER.name,
      email: 'olga@example.com',
      role: 'owner',
      signedInAt: null,
      providers: [],
      sessions: 1,
    },
  ],
  others: [],
  removed: [{ id: 'per_2', name: 'Rune Dahl' }],
  invitations: [],
  admits: null,
};

/** Writes that were refused. */
export const REFUSED = [
  {
    id: 'dlv_1',
    kind: 'owner_write',
    connection: { id: 'con_1', vendor: 'hubspot', name: 'Harbour & Pine portal' },
    record: { objectType: 'contact', recordId: '30000000001' },
    decision: 'dec_00000001',
    code: 'owner_inactive',
    remedy:
      'HubSpot takes this owner no more: activate the user in HubSpot, or give the lead to somebody else.',
    attempts: 3,
    refusedAt: new Date(Date.now() - 240_000).toISOString(),
  },
  {
    id: 'dlv_2',
    kind: 'task',
    connection: { id: 'con_1', vendor: 'hubspot', name: 'Harbour & Pine portal' },
    record: { objectType: 'lead', recordId: '30000000002' },
    decision: null,
    code: 'missing_scope',
    remedy: 'HubSpot allows the app too little: it lacks crm.objects.leads.write. Install the app again.',
    attempts: 1,
    refusedAt: new Date(Date.now() - 3_600_000).toISOString(),
  },
];
