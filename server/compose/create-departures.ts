import type { Departures } from '../assignments/lifecycle/ports.ts';
import type { Stores } from './stores.ts';

/** Ends a tenant's accounts: nothing is sent to them or read from them any more. */
export const createDepartures = ({ connections }: Pick<Stores, 'connections'>): Departures => ({
  leaveAll: async (tenantId) => {
    for (const { id, status } of await connections.list(tenantId))
      if (status !== 'disconnected') await connections.setStatus(id, 'disconnected');
    return true;
  },
});
