import { sql } from 'kysely';
import type { Overview } from '../../assignments/queries.ts';
import type { Trx } from '../storage.ts';
import { keep } from './tenant-reads.ts';

/** A tenant's decisions by the minute of the epoch, as far as they were counted. */
interface Counted {
  /** Since when, in epoch milliseconds. */
  readonly from: number;
  /** The last decision that is in it, by its order. */
  readonly upTo: number;
  readonly minutes: ReadonlyMap<number, number>;
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
const MOST_TENANTS = 1_000;

/** How many decisions there were today, and in each minute of the last hour. */
export type DecisionCounts = Pick<Overview, 'perMinute'> & { readonly today: number };

/**
 * Counts a tenant's decisions. They are only ever added, in the order of `seq`, since one transaction of a tenant writes
 * at a time: what was counted once stays counted, and only what came since is read. `now` and `dayBegan` in epoch
 * milliseconds.
 */
export const createDecisionCounts = () => {
  const known = new Map<string, Counted>();
  return async (trx: Trx, tenantId: string, now: number, dayBegan: number): Promise<DecisionCounts> => {
    const first = Math.floor(now / MINUTE_MS) - MINUTES + 1;
    const from = Math.min(first * MINUTE_MS, dayBegan);
    const before = known.get(tenantId);
    const counted = await countOn(
      trx,
      tenantId,
      from,
      before !== undefined && before.from <= from ? before : null,
    );
    keep(known, tenantId, counted, MOST_TENANTS);
    const { minutes } = counted;
    let today = 0;
    for (const [minute, decided] of minutes) if (minute * MINUTE_MS >= dayBegan) today += decided;
    const perMinute = Array.from({ length: MINUTES }, (_, i) => ({
      at: new Date((first + i) * MINUTE_MS).toISOString(),
      decided: minutes.get(first + i) ?? 0,
    }));
    return { today, perMinute };
  };
};

const countOn = async (
  trx: Trx,
  tenantId: string,
  from: number,
  before: Counted | null,
): Promise<Counted> => {
  const since = before === null ? sql`decided_at >= ${new Date(from)}` : sql`seq > ${before.upTo}`;
  const { rows } = await sql<{ minute: number; decided: number; last: number }>`
    select floor(extract(epoch from decided_at) / 60)::bigint as minute, count(*) as decided, max(seq) as last
    from decision
    where tenant_id = ${tenantId} and ${since}
    group by 1`.execute(trx);
  const minutes = new Map<number, number>();
  for (const [minute, decided] of before?.minutes ?? [])
    if (minute * MINUTE_MS >= from) minutes.set(minute, decided);
  for (const { minute, decided } of rows) minutes.set(minute, (minutes.get(minute) ?? 0) + decided);
  return { from, upTo: rows.reduce((most, { last }) => Math.max(most, last), before?.upTo ?? 0), minutes };
};
