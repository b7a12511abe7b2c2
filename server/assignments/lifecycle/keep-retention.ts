import type { NewId } from '../../base/ids.ts';
import type { Lanes } from '../lane.ts';
import { ERASED_AT_ONCE, eraseAll } from './erase-person.ts';
import type { KeptData, Retention } from './ports.ts';

const DAY_MS = 86_400_000;
/** Transactions of one round; what is left is the next night's. */
const MOST_BATCHES = 400;
/** Rows that one transaction removes. */
const ROWS_AT_ONCE = 1_000;
/** Who erases what is over. */
const ROUND = 'retention';

export interface KeepRetentionParts {
  readonly lanes: Lanes;
  readonly kept: KeptData;
  readonly newId: NewId;
  readonly now: () => number;
}

/** Erases and removes of a tenant what it does not keep any longer, in small transactions, and notes how much that was. */
export const keepRetention =
  (parts: KeepRetentionParts) =>
  async (tenantId: string): Promise<void> => {
    const { kept, now } = parts;
    const retention = await kept.retention(tenantId);
    const id = parts.newId('ers');
    const leads = await eraseOld(parts, tenantId, retention, id);
    const removed = await removeEnded(parts, tenantId, retention);
    const any = leads > 0 || Object.keys(removed).length > 0;
    const told = { id, at: now(), by: ROUND, because: 'retention', leads, removed } as const;
    await kept.roundMade(tenantId, now(), any ? told : null);
  };

const daysAgo = (now: number, days: number | null): number | null =>
  days === null ? null : now - days * DAY_MS;

const eraseOld = async (
  { lanes, kept, now }: KeepRetentionParts,
  tenantId: string,
  { closedLeadsDays, deletedLeadsDays }: Retention,
  id: string,
): Promise<number> => {
  const asked = {
    closedBefore: daysAgo(now(), closedLeadsDays),
    deletedBefore: daysAgo(now(), deletedLeadsDays),
  };
  let erased = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const old = await kept.oldLeads(tenantId, asked, ERASED_AT_ONCE);
    if (old.length === 0) break;
    erased += await eraseAll(lanes, tenantId, old, { id, by: ROUND, because: 'retention' });
  }
  return erased;
};

const removeEnded = async (
  { kept, now }: KeepRetentionParts,
  tenantId: string,
  { deliveriesDays, repliesDays }: Retention,
): Promise<Readonly<Record<string, number>>> => {
  const before = {
    deliveries: now() - deliveriesDays * DAY_MS,
    replies: now() - repliesDays * DAY_MS,
  };
  const removed: Record<string, number> = {};
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const some = Object.entries(await kept.prune(tenantId, before, ROWS_AT_ONCE)).filter(([, n]) => n > 0);
    if (some.length === 0) break;
    for (const [table, n] of some) removed[table] = (removed[table] ?? 0) + n;
  }
  return removed;
};
