import type { Candidate, Outcome } from '../decision.ts';
import { postTurn } from '../ledger/posting.ts';
import type { Pool, Step } from '../policy/schema.ts';
import { capacityFreesAt } from './capacity.ts';
import { offerEnd } from './offer-end.ts';
import { criteriaOf, firstOf, lostBy } from './order.ts';
import { lookAtPool, type PoolLook } from './pool-look.ts';
import { isUnreachable, type Seat } from './seat.ts';
import { noteChance, type StepResult, type Taken, type Walk } from './walk.ts';

type PoolStep = Extract<Step, { kind: 'pool' }>;
type Given = Taken & { readonly candidates: readonly Candidate[] };

/** Tries to give the lead to a pool, in the step's way. */
export const tryPool = (walk: Walk, key: string, step: PoolStep): StepResult => {
  const trace = { key, kind: 'pool', pool: step.pool } as const;
  const { give } = step;
  if (give.mode !== 'assign' && (walk.lead.history.attempts[key] ?? 0) >= give.attempts)
    return { trace: { ...trace, took: false, because: 'attempts_used', candidates: [] }, taken: null };
  const pool = walk.compiled.pool(step.pool);
  const look = pool === undefined ? null : lookAtPool(walk, pool, give.mode !== 'assign');
  if (look === null || look.eligible.length === 0) {
    const candidates = look === null ? [] : blockedCandidates(walk, look);
    return { trace: { ...trace, took: false, because: 'nobody_eligible', candidates }, taken: null };
  }
  const broadcast = give.mode === 'broadcast' && !isUnreachable(look.tier);
  const { candidates, ...taken } = broadcast ? sendToAll(walk, step, look) : giveToFirst(walk, step, look);
  return { trace: { ...trace, took: true, candidates }, taken };
};

/** One member gets the lead, or the offer. Whom no message reaches is assigned it directly. */
const giveToFirst = (walk: Walk, step: PoolStep, look: PoolLook): Given => {
  const { pool, eligible, tier } = look;
  const criteria = criteriaOf(pool.method, eligible);
  const first = firstOf(eligible, criteria);
  const offered = step.give.mode !== 'assign' && !isUnreachable(tier);
  return {
    outcome: offered ? offerTo(walk, step, [first]) : { kind: 'assigned', rep: first.rep, via: 'pool' },
    pool: pool.id,
    posting: postTurn({
      pool: pool.id,
      eligible,
      shares: eligible.map((seat) => seat.share),
      charged: first.rep,
      previousAt: first.balance.lastAt,
      away: look.seats.filter((seat) => seat.away),
      released: look.released,
      phase: walk.phase,
    }),
    candidates: look.seats.map((seat): Candidate => {
      if (seat === first) return { rep: seat.rep, code: 'chosen', ...standing(seat) };
      if (seat.tier !== tier) return seat.blocked!;
      return {
        rep: seat.rep,
        code: 'outranked',
        by: lostBy(seat, first, criteria, eligible.length),
        ...standing(seat),
      };
    }),
  };
};

/** Everybody eligible gets the offer at once; the ledger is told when one of them claims it. */
const sendToAll = (walk: Walk, step: PoolStep, look: PoolLook): Given => ({
  outcome: offerTo(walk, step, look.eligible),
  pool: look.pool.id,
  posting: null,
  candidates: look.seats.map((seat) =>
    seat.tier === look.tier ? { rep: seat.rep, code: 'chosen', ...standing(seat) } : seat.blocked!,
  ),
});

const standing = ({ lag, share, state }: Seat) => ({ lag, share, open: state?.load.open ?? 0 });

const offerTo = (walk: Walk, { give }: PoolStep, seats: readonly Seat[]): Outcome => {
  if (give.mode === 'assign') throw new Error('a step that assigns makes no offer');
  const { claimWithin, clock, meanwhile, mode } = give;
  const ends = seats.map(({ state }) => offerEnd(state!.availability, walk.now, claimWithin, clock));
  return {
    kind: 'offered',
    to: seats.map((seat) => seat.rep),
    broadcast: mode === 'broadcast',
    claimWithin,
    clock,
    expiresAt: Math.max(...ends),
    meanwhile,
  };
};

/** Nobody is eligible: each member's reason, and the next instant at which that may change. */
const blockedCandidates = (walk: Walk, { pool, seats }: PoolLook): readonly Candidate[] => {
  for (const { blocked, state } of seats) noteChance(walk, chanceOf(pool, blocked!, state));
  return seats.map((seat) => seat.blocked!);
};

const chanceOf = (pool: Pool, blocked: Candidate, state: Seat['state']): number | null => {
  if (blocked.code === 'at_capacity') return capacityFreesAt(state!);
  if (!('backAt' in blocked) || blocked.backAt === null) return null;
  const early = pool.availability.kind === 'within' ? pool.availability.milliseconds : 0;
  return blocked.backAt - early;
};
