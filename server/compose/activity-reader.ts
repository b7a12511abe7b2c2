import type { ActivityReader } from '../assignments/ports.ts';
import type { Vendors } from './connect-vendors.ts';

/** Asks the CRM that a record is in; null where it keeps no such thing. */
export const createActivityReader = ({
  connections,
  connectorOf,
}: Pick<Vendors, 'connections' | 'connectorOf'>): ActivityReader => ({
  first: async (ref, since) => {
    const connection = await connections.byId(ref.connectionId);
    const ask = connection === null ? undefined : connectorOf(connection)?.firstActivity;
    if (connection === null || ask === undefined) return null;
    const [at] = await ask(connection, [{ ref, since }]);
    return at ?? null;
  },
});
