import { STUCK_AFTER } from './bounds.ts';
import { drainItem, type NextPage } from './drain.ts';
import { dueItem } from './expire.ts';
import { firstActivity } from './first-activity.ts';
import type { LaneItem } from './lane.ts';
import type { DueWork, LaneStore } from './lane-store.ts';
import type { ActivityReader } from './ports.ts';
import { raise } from './raise.ts';
import { type ReadParts, readLead } from './read-lead.ts';
import { askActivity } from './sla/ask-activity.ts';
import type { UseCases } from './use-cases.ts';

/** Assignments that are read and decided together. */
const BATCH = 50;
/** Batches of one sweep; what is left is due at once, so that the next sweep goes on with it. */
const MOST_BATCHES = 40;

export interface SweepParts extends ReadParts {
  readonly store: LaneStore;
  /** Absent: CRMs are asked by the rounds alone. */
  readonly activity?: ActivityReader;
  /** Makes policies live whose time has come. */
  readonly publishDue: (tenantId: string, now: number) => Promise<void>;
  /** Ends what a process that stopped had begun for reps who left. */
  readonly resumeOffboarding: (tenantId: string) => Promise<void>;
}

/**
 * Decides everything that is due for a tenant, the oldest lead first, and says when the next thing is. A tenant that is
 * paused has nothing due but policies that are to go live: the end of the pause wakes it.
 */
export const sweep = (parts: SweepParts): UseCases['sweep'] => {
  const sweeping = new Map<string, Promise<number | null>>();
  const run = async (tenantId: string): Promise<number | null> => {
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const work = await parts.store.due(tenantId, BATCH, STUCK_AFTER);
      const { publishAt } = work;
      if (publishAt !== null && publishAt <= work.now) {
        await parts.publishDue(tenantId, work.now);
        continue;
      }
      if (work.offboarding) await parts.resumeOffboarding(tenantId);
      if (work.paused) return publishAt;
      if (work.stuck.length > 0) await parts.lanes.submit(tenantId, stuckItem(work.stuck));
      if (work.drainAt !== null) await drain(tenantId, parts);
      else if (work.due.length === 0) return soonest(work.nextAt, publishAt);
      else await doDue(tenantId, work, parts);
    }
    return (await parts.store.due(tenantId, 1, STUCK_AFTER)).now;
  };
  return (tenantId) => {
    // One sweep of a tenant at a time; a second caller gets what the first finds.
    const running = sweeping.get(tenantId) ?? run(tenantId).finally(() => sweeping.delete(tenantId));
    sweeping.set(tenantId, running);
    return running;
  };
};

const soonest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const doDue = async (tenantId: string, { due }: DueWork, parts: SweepParts): Promise<void> => {
  const asking = { ...parts, tellFirst: firstActivity(parts.lanes) };
  await Promise.all(due.map((one) => askActivity(tenantId, one, asking)));
  const readings = await Promise.all(due.map(({ records }) => readLead(tenantId, records, parts)));
  // In the line in this order, so in the lane in this order.
  await Promise.all(
    due.map(({ assignmentId }, i) => parts.lanes.submit(tenantId, dueItem(assignmentId, readings[i]!))),
  );
};

const drain = async (tenantId: string, { lanes }: ReadParts): Promise<void> => {
  const promised = new Map<string, number>();
  let after: NextPage = null;
  do {
    after = await lanes.submit(tenantId, drainItem(after, promised));
  } while (after !== null);
};

const stuckItem = (ids: readonly string[]): LaneItem<void> => ({
  kind: 'stuck',
  wanted: { assignments: ids },
  apply: (session) => {
    for (const id of ids) {
      if (session.byAssignment(id)?.assignment.state !== 'waiting') continue;
      raise(session, 'stuck_lead', id, {
        text: 'A lead has waited for hours and nobody could take it. Look at why in its story: somebody may have to be added to its pool, or be given more room.',
      });
    }
  },
});
