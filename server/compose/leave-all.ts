import type { Departures } from '../assignments/lifecycle/ports.ts';
import type { createLeaving } from './create-leaving.ts';
import type { Stores } from './stores.ts';

/** Ends a tenant's accounts at their vendors: each is disconnected, and what a vendor does not answer is tried again. */
export const createLeaveAll = (
  { connections }: Pick<Stores, 'connections'>,
  { leave, left }: Pick<ReturnType<typeof createLeaving>, 'leave' | 'left'>,
): Departures => ({
  leaveAll: async (tenantId, by) => {
    for (const { id, status } of await connections.list(tenantId))
      if (status !== 'disconnected') await leave({ tenantId, connectionId: id, by });
    const steps = [...(await left(tenantId)).values()].flat();
    return !steps.some(({ trying }) => trying);
  },
});
