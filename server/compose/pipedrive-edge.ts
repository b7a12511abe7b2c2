import type { Config } from '../config.ts';
import type { PipedriveEdge } from '../http/ports.ts';
import type { Vendors } from './connect-vendors.ts';

interface EdgeParts {
  readonly config: Pick<Config, 'pipedrive'>;
  readonly vendors: Pick<Vendors, 'connectorOf'>;
  readonly uninstalled: PipedriveEdge['uninstalled'];
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
    uninstalled: parts.uninstalled,
  };
};
