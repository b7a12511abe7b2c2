import type { Candidate, Outcome } from '../decision.ts';
import { passTurns } from '../ledger/adjust.ts';
import { postTurn } from '../ledger/posting.ts';
import type { Give, Pool, Step } from '../policy/schema.ts';
import { capacityFreesAt } from './capacity.ts';
import { offerEnd } from './offer-end.ts';
import { criteriaOf, lostBy, turnOf } from './order.ts';
import { lookAtPool, type PoolLook } from './pool-look.ts';
import { isUnreachable, type Seat } from './seat.ts';
import { noteChance, type StepResult, type Taken, type Walk } from './walk.ts';

type PoolStep = Extract<Step, { kind: 'pool' }>;
type Offer = Exclude<Give, { mode: 'assign' }>;
type Given = readonly [candidates: readonly Candidate[], taken: Taken];

/** Tries to give the lead to a pool, in the step's way. Keys are written in order: see `canonicalJson`. */
export const tryPool = (walk: Walk, key: string, { pool: id, give, convert }: PoolStep): StepResult => {
  const offer = give.mode === 'assign' ? null : give;
  if (offer !== null && (walk.lead.history.attempts[key] ?? 0) >= offer.attempts)
    return notTaken(key, id, 'attempts_used', []);
  const pool = walk.compiled.pool(id);
  const look = pool === undefined ? null : lookAtPool(walk, pool, offer !== null);
  if (look === null || look.eligible.length === 0)
    return notTaken(key, id, 'nobody_eligible', look === null ? [] : blockedCandidates(walk, look));
  const messaged = isUnreachable(look.tier) ? null : offer;
  const toAll = messaged?.mode === 'broadcast';
  const [candidates, taken] = toAll ? giveToAll(walk, messaged, look) : giveToFirst(walk, messaged, look);
  return {
    trace: { candidates, key, kind: 'pool', pool: id, took: true },
    taken: converting(taken, convert),
  };
};

/** Conversions are asked for by the step that took the lead. Keys are written in order: see `canonicalJson`. */
const converting = (taken: Taken, convert: true | undefined): Taken => {
  const { outcome } = taken;
  if (convert === undefined) return taken;
  if (outcome.kind === 'assigned') {
    const { kind, rep, via } = outcome;
    return { ...taken, outcome: { convert, kind, rep, via } };
  }
  if (outcome.kind !== 'offered') return taken;
  const { broadcast, claimWithin, clock, expiresAt, kind, meanwhile, to } = outcome;
  return { ...taken, outcome: { broadcast, claimWithin, clock, convert, expiresAt, kind, meanwhile, to } };
};

const notTaken = (
  key: string,
  pool: string,
  because: 'attempts_used' | 'nobody_eligible',
  candidates: readonly Candidate[],
): StepResult => ({ trace: { because, candidates, key, kind: 'pool', pool, took: false }, taken: null });

/** One member gets the lead, or the offer. Whom no message reaches is assigned it directly. */
const giveToFirst = (walk: Walk, offer: Offer | null, look: PoolLook): Given => {
  const { pool, seats, eligible, tier } = look;
  const criteria = criteriaOf(pool.method, eligible);
  const { first, passed } = turnOf(eligible, criteria);
  const candidates = seats.map((seat): Candidate => {
    if (seat === first) return chosen(seat);
    if (seat.tier !== tier) return seat.blocked!;
    const { lag, rep, share } = seat;
    const index = indexOf(seat);
    const by = passed.includes(seat) ? 'skipped' : lostBy(seat, first, criteria, eligible.length);
    return { by, code: 'outranked', ...index, lag, open: openOf(seat), rep, share, ...standInOf(seat) };
  });
  const turn = postTurn({
    pool: pool.id,
    eligible,
    shares: eligible.map((seat) => seat.share),
    charged: first.rep,
    previousAt: first.balance.lastAt,
    away: pool.catchUp.mode === 'none' ? [] : seats.filter((seat) => seat.away),
    released: look.released,
    phase: walk.phase,
  });
  const posting = passed.length === 0 ? turn : passTurns(turn, passed.map(passedOf), eligible, walk.phase);
  const outcome: Outcome =
    offer === null ? { kind: 'assigned', rep: first.rep, via: 'pool' } : offerTo(walk, offer, [first]);
  return [candidates, { outcome, pool: pool.id, posting }];
};

const passedOf = ({ rep, balance }: Seat) => ({ rep, skip: balance.skip! });

/** Everybody eligible gets the offer at once; the ledger is told when one of them claims it. */
const giveToAll = (walk: Walk, offer: Offer, { pool, seats, eligible, tier }: PoolLook): Given => [
  seats.map((seat) => (seat.tier === tier ? chosen(seat) : seat.blocked!)),
  { outcome: offerTo(walk, offer, eligible), pool: pool.id, posting: null },
];

const chosen = (seat: Seat): Candidate => {
  const { lag, rep, share } = seat;
  return { code: 'chosen', ...indexOf(seat), lag, open: openOf(seat), rep, share, ...standInOf(seat) };
};

const indexOf = ({ index }: Seat) => (index === undefined ? {} : { index });

const standInOf = ({ standsInFor }: Seat) => (standsInFor === undefined ? {} : { standsInFor });

const openOf = ({ state }: Seat): number => state?.load.open ?? 0;

const offerTo = (
  walk: Walk,
  { claimWithin, clock, meanwhile, mode }: Offer,
  seats: readonly Seat[],
): Outcome => {
  const ends = seats.map(({ state }) => offerEnd(state!.availability, walk.now, claimWithin, clock));
  return {
    broadcast: mode === 'broadcast',
    claimWithin,
    clock,
    expiresAt: Math.max(...ends),
    kind: 'offered',
    meanwhile,
    to: seats.map((seat) => seat.rep),
  };
};

/** Nobody is eligible: each member's reason, and the next instant at which that may change. */
const blockedCandidates = (walk: Walk, { pool, seats }: PoolLook): readonly Candidate[] => {
  for (const { blocked, state } of seats) noteChance(walk, chanceOf(pool, blocked!, state));
  return seats.map((seat) => seat.blocked!);
};

const chanceOf = (pool: Pool, blocked: Candidate, state: Seat['state']): number | null => {
  if (blocked.code === 'at_capacity') return capacityFreesAt(state!);
  if (blocked.code === 'off_duty') return blocked.backAt;
  if (blocked.code === 'off_hours' && blocked.endsAt !== undefined) return blocked.endsAt;
  if (!('backAt' in blocked) || blocked.backAt === null) return null;
  const within = pool.availability.kind === 'within' ? pool.availability.milliseconds : 0;
  const before = blocked.code === 'off_hours' ? (pool.edges?.startsBefore ?? 0) : 0;
  return blocked.backAt - Math.max(within, before);
};
