import type { Overview, Queries } from '../../server/assignments/queries.ts';
import type { RepHome } from '../../server/assignments/rep-home.ts';
import type { DeclineReason } from '../../server/assignments/types.ts';
import type { ClaimReply, DeclineReply, UseCases } from '../../server/assignments/use-cases.ts';
import type {
  DecisionView,
  NamedRef,
  OfferCard,
  PersonView,
  SlaNotice,
} from '../../server/assignments/views.ts';

export const TENANT = 'ten_1';

export const ADA: PersonView = {
  name: 'Ada Lovelace',
  company: 'Analytical Engines',
  email: 'ada@engines.example',
  phone: '+44 20 7946 0018',
  source: 'Web form',
  message: 'We need forty seats before March.\nCan somebody call me today?',
  url: 'https://app.hubspot.com/contacts/4711001/record/0-1/501',
};

/** Somebody else, known by as much as Ada is. */
export const personNamed = (name: string, company: string): PersonView => ({ ...ADA, name, company });

interface Offer {
  card: Omit<OfferCard, 'yours'>;
  readonly ended: Map<string, 'declined' | 'missed'>;
}

/** Assignments in memory with the rules that Slack's part relies on: the first claim wins, answers are idempotent. */
export interface Offers {
  readonly useCases: Pick<UseCases, 'claim' | 'decline' | 'setAway'>;
  /** What reps' Homes show besides their offers and time off. */
  home: Partial<RepHome>;
  readonly queries: Queries;
  readonly offer: (id: string, to: readonly NamedRef[], change?: Partial<OfferCard>) => void;
  readonly change: (id: string, change: Partial<OfferCard>) => void;
  readonly expire: (id: string) => void;
  readonly declines: {
    readonly repId: string;
    readonly reason: DeclineReason;
    readonly note: string | null;
  }[];
  /** While set, declines wait for it, as for a busy database. */
  held: Promise<void> | null;
  /** What messages about an SLA tell; null: it is gone. */
  sla: Omit<SlaNotice, 'card'> | null;
  alerts: { readonly id: string; readonly kind: string; readonly text: string; readonly since: string }[];
}

const isOpenTo = (card: Pick<OfferCard, 'state' | 'offeredTo'>, repId: string): boolean =>
  card.state === 'offered' && card.offeredTo.some((one) => one.id === repId);

const card = (id: string, to: readonly NamedRef[]): OfferCard => ({
  tenantId: TENANT,
  assignmentId: id,
  version: 1,
  state: 'offered',
  broadcast: to.length > 1,
  offeredTo: to,
  rep: null,
  person: ADA,
  why: 'Dana is owed the most in Enterprise (0.8 of a lead) and works until 17:00.',
  rule: { id: 'large', name: 'Large companies' },
  pool: { id: 'enterprise', name: 'Enterprise' },
  expiresAt: Date.UTC(2026, 10, 24, 19, 5),
  timezone: 'America/New_York',
  written: 'none',
  remedy: null,
  crm: 'hubspot',
});

const EMPTY_OVERVIEW: Overview = {
  tenant: { name: 'Harbour', mode: 'live', paused: false, policyVersion: 1 },
  counts: {
    decidedToday: 0,
    openOffers: 0,
    waiting: 0,
    inQueues: 0,
    deliveriesPending: 0,
    deliveriesRefused: 0,
  },
  perMinute: [],
  pools: [],
  connections: [],
  alerts: [],
};

const FAIR: RepHome['pools'] = [
  { id: 'enterprise', name: 'Enterprise', weight: 2, totalWeight: 7, lag: 0.8, received: 41 },
];

const unused = (): never => {
  throw new Error('Slack does not ask for this.');
};

export const createOffers = (names: ReadonlyMap<string, string>): Offers => {
  const known = new Map<string, Offer>();
  const change = (id: string, by: Partial<OfferCard>): void => {
    const one = known.get(id);
    if (one === undefined) throw new Error(`There is no assignment ${id}.`);
    one.card = { ...one.card, version: one.card.version + 1, ...by };
  };
  const end = (id: string, repIds: readonly string[], how: 'declined' | 'missed'): void => {
    const one = known.get(id);
    for (const repId of repIds) one?.ended.set(repId, how);
    const left = one?.card.offeredTo.filter((rep) => !repIds.includes(rep.id)) ?? [];
    change(id, { offeredTo: left, state: left.length > 0 ? 'offered' : 'waiting' });
  };
  const claim = async ({
    assignmentId,
    repId,
  }: {
    assignmentId: string;
    repId: string;
  }): Promise<ClaimReply> => {
    const one = known.get(assignmentId);
    if (one === undefined) return { ok: false, code: 'not_found' };
    const { state, rep, offeredTo } = one.card;
    const decision = { id: 'dec_1' } as DecisionView;
    if (state === 'assigned' && rep?.id === repId) return { ok: true, already: true, decision };
    if (state === 'assigned' && rep !== null) return { ok: false, code: 'claimed_by_other', winner: rep };
    if (one.ended.get(repId) === 'missed') return { ok: false, code: 'expired' };
    if (!offeredTo.some((other) => other.id === repId)) return { ok: false, code: 'not_offered_to_you' };
    change(assignmentId, {
      state: 'assigned',
      rep: { id: repId, name: names.get(repId) ?? repId },
      offeredTo: [],
      written: 'pending',
    });
    return { ok: true, already: false, decision };
  };
  const declines: Offers['declines'] = [];
  const decline = async (command: {
    assignmentId: string;
    repId: string;
    reason: DeclineReason;
    note: string | null;
  }): Promise<DeclineReply> => {
    await offers.held;
    const one = known.get(command.assignmentId);
    if (one === undefined) return { ok: false, code: 'not_found' };
    if (one.ended.get(command.repId) === 'declined') return { ok: true, already: true };
    if (one.card.state === 'assigned') return { ok: false, code: 'claimed' };
    if (!one.card.offeredTo.some((other) => other.id === command.repId))
      return { ok: false, code: 'not_offered_to_you' };
    declines.push({ repId: command.repId, reason: command.reason, note: command.note });
    end(command.assignmentId, [command.repId], 'declined');
    return { ok: true, already: false };
  };
  const away = new Map<string, NonNullable<RepHome['away']>>();
  const setAway: UseCases['setAway'] = async ({ repId, away: wanted }) => {
    if (!names.has(repId)) return { ok: false, code: 'not_found' };
    if (wanted?.until != null && wanted.until <= Date.now()) return { ok: false, code: 'in_the_past' };
    if (wanted === null) away.delete(repId);
    else away.set(repId, { since: Date.now(), until: wanted.until });
    const mine = [...known.entries()].filter(([, { card }]) => isOpenTo(card, repId));
    if (wanted !== null)
      for (const [id, { card }] of mine)
        change(id, { offeredTo: card.offeredTo.filter((one) => one.id !== repId) });
    return { ok: true, passedOn: wanted === null ? 0 : mine.length };
  };
  const repHome = async (_tenantId: string, repId: string): Promise<RepHome | null> => {
    const name = names.get(repId);
    if (name === undefined) return null;
    const cards = [...known.values()].map((one) => one.card);
    const open = cards.filter((one) => isOpenTo(one, repId));
    const own = cards.filter((one) => one.state === 'assigned' && one.rep?.id === repId);
    const time = away.get(repId) ?? null;
    return {
      rep: { id: repId, name },
      timezone: 'America/New_York',
      asOf: Date.now(),
      logOnly: false,
      away: time,
      availability: { code: time === null ? 'available' : 'time_off', backAt: time?.until ?? null },
      manager: null,
      offers: {
        total: open.length,
        shown: open.slice(0, 10).map((one) => ({ ...one, offerees: one.offeredTo.length })),
      },
      leads: { total: own.length, shown: own.slice(0, 15).map((one) => ({ ...one, since: Date.now() })) },
      pools: FAIR,
      ...offers.home,
    };
  };
  const offers: Offers = {
    useCases: { claim, decline, setAway },
    home: {},
    declines,
    held: null,
    alerts: [],
    sla: null,
    offer: (id, to, by = {}) => void known.set(id, { card: { ...card(id, to), ...by }, ended: new Map() }),
    change,
    expire: (id) => end(id, known.get(id)?.card.offeredTo.map((rep) => rep.id) ?? [], 'missed'),
    queries: {
      decision: unused,
      decisions: unused,
      decisionsById: unused,
      explanation: unused,
      whyNot: unused,
      looker: unused,
      recordCard: unused,
      adjustments: unused,
      changes: unused,
      leadsToEnter: unused,
      valuesGiven: unused,
      poolFairness: unused,
      poolLags: unused,
      poolEntries: unused,
      slaNotice: async (_tenantId, { assignmentId, repId }) => {
        const one = known.get(assignmentId);
        if (one === undefined || offers.sla === null) return null;
        return { ...offers.sla, card: { ...one.card, yours: one.ended.get(repId) ?? null } };
      },
      offerCard: async (_tenantId, id, repId) => {
        const one = known.get(id);
        return one === undefined ? null : { ...one.card, yours: one.ended.get(repId) ?? null };
      },
      repHome,
      overview: async () => ({ ...EMPTY_OVERVIEW, alerts: offers.alerts }),
    },
  };
  return offers;
};
