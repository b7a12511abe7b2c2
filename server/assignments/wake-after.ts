import type { LaneParts } from './lane.ts';
import type { LaneChanges } from './lane-store.ts';

/** Wakes what a committed transaction gave work to: senders at once, the tenant's sweep when the next row is due. */
export const wakeAfter = (
  tenantId: string,
  changes: LaneChanges,
  { jobs, observer }: Pick<LaneParts, 'jobs' | 'observer'>,
): void => {
  const connections = new Set(changes.deliveries.map(({ connectionId }) => connectionId));
  for (const { message } of changes.alerts) if (message !== null) connections.add(message.connectionId);
  for (const id of connections) jobs.wakeSender(id);
  const at = firstDue(changes);
  if (at === null) return;
  // The rows say what is due: a wake-up that is lost only costs the time until the next sweep.
  jobs
    .wakeTenant(tenantId, at)
    .catch((error: unknown) => observer.failed({ tenantId, code: 'wake_failed', error }));
};

const firstDue = (changes: LaneChanges): number | null => {
  let first = changes.drainAt ?? Number.POSITIVE_INFINITY;
  for (const { dueAt } of changes.assignments.values()) if (dueAt !== null && dueAt < first) first = dueAt;
  for (const { nextAt } of changes.clocks.values()) if (nextAt !== null && nextAt < first) first = nextAt;
  return first === Number.POSITIVE_INFINITY ? null : first;
};
