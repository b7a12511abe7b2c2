import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Config } from '../config.ts';
import type { PipedriveEdge } from '../http/ports.ts';
import type { Vendors } from './connect-vendors.ts';
import type { Stores } from './stores.ts';

interface EdgeParts {
  readonly config: Pick<Config, 'pipedrive'>;
  readonly vendors: Pick<Vendors, 'connectorOf'>;
  readonly stores: Pick<Stores, 'connections' | 'alerts'>;
  readonly onError: (error: unknown, what: string) => void;
}

/** What Pipedrive's endpoints need besides use cases. */
export const createPipedriveEdge = (parts: EdgeParts): PipedriveEdge => {
  const { clientId, clientSecret } = parts.config.pipedrive;
  return {
    clientId,
    clientSecret,
    leadBehind: async (connection, record) => {
      try {
        return (await parts.vendors.connectorOf(connection)?.leadBehind?.(connection, record)) ?? null;
      } catch (error) {
        parts.onError(error, 'the lead behind a record could not be found');
        return null;
      }
    },
    uninstalled: (connection) => end(connection, parts),
  };
};

const end = async ({ id, tenantId, name }: ConnectionInfo, { stores }: EdgeParts): Promise<void> => {
  await stores.connections.setStatus(id, 'needs_reconnecting');
  await stores.alerts.open(tenantId, {
    kind: 'connection_broken',
    subject: id,
    detail: {
      vendor: 'pipedrive',
      code: 'needs_reconnecting',
      text: `${name} must be connected again: the app was removed in Pipedrive.`,
    },
  });
};
