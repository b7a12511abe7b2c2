/**
 * A small service for looking at the console: real HTTP, the shapes of the API, and data that can be empty, crowded or failing.
 * It decides nothing; it only shows the console what the service would.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AdjustmentView, DecisionSummary, Overview } from '../../server/assignments/queries.ts';
import type { CandidateView, ExplanationView } from '../../server/assignments/views.ts';

import { replyAboutPool, replyToAudit, replyToTry } from './past-fixture.ts';
import { policyReply } from './policy-fixture.ts';

const DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
  '.woff2': 'font/woff2',
};

const REPS = [
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
const POOLS = [
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

function explanation(summary: DecisionSummary, at: number): ExplanationView {
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

function overview(decided: number, at: number, change: Partial<Overview>): Overview {
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
const USAGES = [
  { id: 'con_1', usage: { limit: 'calls a day', used: 183_420, of: 250_000, resetsAt: null } },
  { id: 'con_2', usage: null },
];

/** What people changed in any pool. */
const ADJUSTMENTS: readonly AdjustmentView[] = [
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
const OWNER = {
  name: 'Olga Petrova',
  person: { id: 'per_1', email: 'olga@example.com' },
  role: 'owner',
  may: ['read', 'route', 'answer', 'manage', 'administer', 'own'],
  rep: null,
  workspace: 'Harbour & Pine',
};

/** Who did something there, of whom one was removed since. */
const SIGNED_IN = {
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
  removed: [{ id: 'per_2', name: 'Rune Dahl' }],
  invitations: [],
  admits: null,
};

/** Writes that were refused. */
const REFUSED = [
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

export interface ConsoleFixture {
  readonly url: string;
  /** A new decision arrives on the stream. */
  readonly arrive: () => DecisionSummary;
  /** From now on the API is down (the page's own files still load), up, or nobody is signed in. */
  readonly become: (state: 'up' | 'down' | 'signed_out' | 'slow') => void;
  readonly change: (overview: Partial<Overview>) => void;
  readonly close: () => Promise<void>;
}

/** Serves the built console with `count` past decisions. */
export async function openConsoleFixture(count: number): Promise<ConsoleFixture> {
  const started = Date.now();
  let decisions = Array.from({ length: count }, (_, index) =>
    sampleDecision(count - index, started - index * 41_000),
  );
  let state: 'up' | 'down' | 'signed_out' | 'slow' = 'up';
  let changed: Partial<Overview> = {};
  let refused = REFUSED.slice(0, count === 0 ? 0 : REFUSED.length);
  const streams = new Set<ServerResponse>();

  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const page = (url: URL) => {
    const after = Number(url.searchParams.get('after') ?? Number.POSITIVE_INFINITY);
    const items = decisions
      .filter(({ seq }) => seq < after)
      .slice(0, Number(url.searchParams.get('limit') ?? 50));
    return { items, next: (items.at(-1)?.seq ?? 1) > 1 ? String(items.at(-1)!.seq) : null };
  };

  const api = (method: string, url: URL, response: ServerResponse): void => {
    if (state === 'down') return void response.destroy();
    if (state === 'signed_out')
      return void json(response, 401, { code: 'unauthenticated', detail: 'Sign in.' });
    if (state === 'slow') return;
    if (url.pathname === '/api/v1/overview')
      return void json(response, 200, overview(decisions.length, Date.now(), changed));
    if (url.pathname === '/api/v1/me') return void json(response, 200, OWNER);
    if (url.pathname === '/api/v1/people') return void json(response, 200, SIGNED_IN);
    if (url.pathname === '/api/v1/connections') return void json(response, 200, USAGES);
    if (url.pathname === '/api/v1/deliveries/refused') return void json(response, 200, refused);
    const retried = /^\/api\/v1\/deliveries\/([\w-]+)\/retry$/.exec(url.pathname)?.[1];
    if (retried) {
      refused = refused.filter(({ id }) => id !== retried);
      return void json(response, 200, { retried: true });
    }
    if (url.pathname.endsWith('/adjustments')) return void json(response, 200, ADJUSTMENTS);
    if (url.pathname === '/api/v1/settings') return void json(response, 200, {});
    if (url.pathname === '/api/v1/decisions') return void json(response, 200, page(url));
    if (url.pathname === '/api/v1/decisions/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    const reply = policyReply(method, url.pathname);
    if (reply !== undefined) return void json(response, 200, reply);
    const found = decisions.find(({ id }) => url.pathname === `/api/v1/decisions/${id}/explanation`);
    if (found) json(response, 200, explanation(found, Date.parse(found.decidedAt)));
    else json(response, 404, { code: 'not_found', detail: 'There is no such decision.' });
  };

  /** What is said of the past: worked out, so a moment later. */
  const past = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (state === 'slow') return;
    if (url.pathname.endsWith('/simulate')) return replyToTry(response, JSON.parse(body).days);
    if (url.pathname.endsWith('/audit')) {
      const { status, body: said } = replyToAudit(url, body);
      return void json(response, status, said);
    }
    const known = await replyAboutPool(url.pathname);
    if (known === undefined) api(request.method ?? 'GET', url, response);
    else json(response, 200, known);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (/^\/api\/v1\/(leads\/audit$|pools\/|policy\/drafts\/[^/]+\/simulate$)/.test(url.pathname))
      return void past(request, url, response);
    if (url.pathname.startsWith('/api/')) return api(request.method ?? 'GET', url, response);
    const file = join(DIST, url.pathname);
    const path = extname(file) && existsSync(file) ? file : join(DIST, 'index.html');
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrive: () => {
      const decision = sampleDecision((decisions[0]?.seq ?? 0) + 1, Date.now());
      decisions = [decision, ...decisions];
      for (const stream of streams)
        stream.write(`event: decision\nid: ${decision.seq}\ndata: ${JSON.stringify(decision)}\n\n`);
      return decision;
    },
    become: (next) => {
      state = next;
      if (next !== 'up') for (const stream of streams) stream.destroy();
    },
    change: (next) => {
      changed = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
