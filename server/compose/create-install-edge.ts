import type { Installs } from '../assignments/install-ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import type { Connections } from '../http/ports.ts';
import { createInstalls } from '../installs/oauth/create-installs.ts';
import { newSecret } from '../storage/directory/secrets.ts';
import type { Vendors } from './connect-vendors.ts';
import { createInstallWays } from './create-install-ways.ts';
import type { Stores } from './stores.ts';

interface Around {
  readonly config: Config;
  readonly stores: Stores;
  readonly vendors: Vendors;
  readonly connections: Pick<Connections, 'put' | 'sync' | 'list'>;
  readonly clock: Clock;
  /** The origin outsiders reach. */
  readonly origin: () => string;
  readonly onError: (error: unknown, what: string) => void;
}

/** Installs; an account's people are imported as soon as it is connected. */
export const createInstallEdge = (around: Around): Installs => {
  const { config, stores, vendors, connections, clock, origin, onError } = around;
  /** Slack is asked again about whoever a CRM told of. */
  const importAll = async (tenantId: string, id: string): Promise<void> => {
    await connections.sync(tenantId, id);
    for (const { id: other, vendor, status } of await connections.list(tenantId))
      if (vendor === 'slack' && status === 'active' && other !== id) await connections.sync(tenantId, other);
  };
  return createInstalls({
    ways: createInstallWays(config, clock),
    store: stores.installs,
    vault: vendors.vault,
    put: async (tenantId, connection) => {
      const { id } = await connections.put(tenantId, connection);
      // It takes seconds, and the administrator looks at the connection meanwhile.
      importAll(tenantId, id).catch((error: unknown) =>
        onError(error, 'people could not be imported after an install'),
      );
      return { id };
    },
    newSecret: () => newSecret(''),
    redirectUri: (vendor) =>
      vendor === 'slack' ? `${origin()}/slack/oauth_redirect` : `${origin()}/oauth/${vendor}/callback`,
  });
};
