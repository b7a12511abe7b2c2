import { sql } from 'kysely';
import type { Overview } from '../../assignments/queries.ts';
import { keep } from '../../base/keep.ts';
import type { Storage } from '../storage.ts';

/** Decisions by the minute of the epoch. */
export type Minutes = ReadonlyMap<number, number>;

/** A tenant's, as far as they were counted. */
interface Counted {
  /** The last decision that is in it, by its order. */
  readonly upTo: number;
  readonly minutes: Minutes;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** Whichever zone a policy goes by, its day began within these: a day has 25 hours where clocks are set back. */
const LONGEST_DAY = 25 * 60;
/** Decisions that one transaction counts, some 10 ms of the embedded database. */
const STEP = 2_000;
const MOST_TENANTS = 1_000;

/** How many decisions there were today, and in each minute of the last hour. */
export type DecisionCounts = Pick<Overview, 'perMinute'> & { readonly today: number };

/**
 * Counts a tenant's decisions of the last day. They are only ever added, in the order of `seq`, since one transaction of
 * a tenant writes at a time: what was counted once stays counted, and only what came since is read; from the latest
 * back, some at a time, so that others have their turn between. `now` in epoch milliseconds.
 */
export const createDecisionMinutes = (storage: Storage) => {
  const known = new Map<string, Counted>();
  return async (tenantId: string, now: number): Promise<Minutes> => {
    const from = Math.floor(now / MINUTE_MS) - LONGEST_DAY;
    const before = known.get(tenantId) ?? { upTo: 0, minutes: new Map() };
    const minutes = new Map([...before.minutes].filter(([minute]) => minute >= from));
    let upTo = before.upTo;
    for (let below = Number.MAX_SAFE_INTEGER, more = true; more; ) {
      const step = await countStep(storage, tenantId, before.upTo, below);
      for (const { minute, decided, first, last } of step) {
        if (minute >= from) minutes.set(minute, (minutes.get(minute) ?? 0) + decided);
        upTo = Math.max(upTo, last);
        below = Math.min(below, first);
      }
      const counted = step.reduce((sum, { decided }) => sum + decided, 0);
      more = counted === STEP && step.every(({ minute }) => minute >= from);
    }
    return keep(known, tenantId, { upTo, minutes }, MOST_TENANTS).minutes;
  };
};

interface Step {
  readonly minute: number;
  readonly decided: number;
  readonly first: number;
  readonly last: number;
}

/** The latest decisions between two, by their order. */
const countStep = (storage: Storage, tenantId: string, after: number, below: number) =>
  storage.withTenant(tenantId, async (trx): Promise<readonly Step[]> => {
    const { rows } = await sql<Step>`
      select floor(extract(epoch from decided_at) / 60)::bigint as minute, count(*) as decided,
        min(seq) as first, max(seq) as last
      from (
        select seq, decided_at from decision
        where tenant_id = ${tenantId} and seq > ${after} and seq < ${below}
        order by seq desc limit ${STEP}) as step
      group by 1`.execute(trx);
    return rows;
  });

/** What the live page shows of them. `now` and `dayBegan` in epoch milliseconds. */
export const decisionCounts = (minutes: Minutes, now: number, dayBegan: number): DecisionCounts => {
  const first = Math.floor(now / MINUTE_MS) - MINUTES + 1;
  let today = 0;
  for (const [minute, decided] of minutes) if (minute * MINUTE_MS >= dayBegan) today += decided;
  const perMinute = Array.from({ length: MINUTES }, (_, i) => ({
    at: new Date((first + i) * MINUTE_MS).toISOString(),
    decided: minutes.get(first + i) ?? 0,
  }));
  return { today, perMinute };
};
