import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { createDepartures } from '../installs/leaving/departures.ts';
import { createGoingOn } from '../installs/leaving/go-on.ts';
import { createUninstalled } from '../installs/leaving/uninstalled.ts';
import type { Vendors } from './connect-vendors.ts';
import { createLeaveWays } from './create-leave-ways.ts';
import type { Stores } from './stores.ts';

export interface LeavingSurroundings {
  readonly config: Config;
  readonly stores: Stores;
  readonly vendors: Vendors;
  readonly useCases: Pick<UseCases, 'accountLeft' | 'accountBack'>;
  readonly wakeSender: (connectionId: string) => void;
  /** The tenant's live page is another. */
  readonly onChanged: (tenantId: string) => void;
  readonly clock: Clock;
  /** Absent: as often as vendors that do not answer are asked again. Milliseconds. */
  readonly tickMs?: number;
  readonly onError: (error: unknown, what: string) => void;
}

const TICK_MS = 15_000;
/** How long whoever disconnects an account waits to hear what its vendor says. Milliseconds. */
const PATIENCE_MS = 6_000;

/** Accounts that are disconnected here, or removed at their vendors, and that come back. */
export const createLeaving = (given: LeavingSurroundings) => {
  const { config, stores, vendors, useCases, clock, onError } = given;
  const onEnded = (connection: ConnectionInfo): void => {
    vendors.connections.forget(connection);
    given.wakeSender(connection.id);
    given.onChanged(connection.tenantId);
  };
  const departures = createDepartures({
    ...vendors,
    connections: stores.connections,
    leases: stores.leases,
    alerts: stores.alerts,
    ways: createLeaveWays(config),
    dropPush: (connection) => {
      const drop = vendors.connectorOf(connection)?.dropPush;
      return drop === undefined ? null : () => drop(connection);
    },
    endLeads: async ({ id, tenantId }) => {
      await useCases.accountLeft({ tenantId, connectionId: id });
    },
    onEnded,
    clock,
    onError,
  });
  const goingOn = createGoingOn(departures.goOn, given.tickMs ?? TICK_MS, (error) =>
    onError(error, 'accounts that were disconnected could not be looked at'),
  );
  return {
    leave: (leaving: Omit<Parameters<typeof departures.leave>[0], 'patienceMs'>) =>
      departures.leave({ ...leaving, patienceMs: PATIENCE_MS }),
    left: departures.left,
    uninstalled: createUninstalled({
      connections: stores.connections,
      vault: vendors.vault,
      alerts: stores.alerts,
      onEnded,
    }),
    /** An account was connected: what waited for it is taken up, which takes a while where much did. */
    connected: (tenantId: string, connectionId: string): void => {
      takeUp(tenantId, connectionId, given).catch((error: unknown) =>
        onError(error, `what waited for connection ${connectionId} could not be taken up`),
      );
    },
    start: goingOn.start,
    stop: async (): Promise<void> => {
      await goingOn.stop();
      await departures.settled();
    },
  };
};

const takeUp = async (
  tenantId: string,
  connectionId: string,
  { stores, vendors, useCases, clock, wakeSender, onChanged }: LeavingSurroundings,
): Promise<void> => {
  const connection = await vendors.connections.byId(connectionId);
  if (connection === null) return;
  onChanged(tenantId);
  await stores.deliveries.queueAgain(connection, clock.now());
  wakeSender(connectionId);
  await useCases.accountBack({ tenantId, connectionId });
};
