import type { Logger } from 'pino';
import { createSlackClients } from '../../slack/clients.ts';
import { createSlackDirectory } from '../../slack/directory.ts';
import { isGone } from '../assignments/account-status.ts';
import type { ConnectedCrm } from '../assignments/check-conversions.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import type { Connector } from '../crm/connector.ts';
import { gatherFinds } from '../crm/gather-finds.ts';
import { gatherReads } from '../crm/gather-reads.ts';
import { createConnections } from '../installs/connections.ts';
import type { PushSecrets } from '../installs/push-secrets.ts';
import { createAccessTokens } from '../installs/tokens.ts';
import type { Vault } from '../installs/vault.ts';
import { createConnectors, createRefreshers } from './create-connectors.ts';
import { createSlackPeople } from './slack-people.ts';
import type { Stores } from './stores.ts';

interface Around {
  readonly vault: Vault;
  readonly pushSecrets: PushSecrets;
  readonly clock: Clock;
  readonly log: Logger;
  /** The origin vendors reach. */
  readonly origin: () => string;
}

/** How the CRMs and Slack are spoken to: their connectors, tokens and people, and the connections of tenants. */
export const connectVendors = (
  config: Config,
  stores: Stores,
  { clock, log, origin, vault, pushSecrets }: Around,
) => {
  const tokens = createAccessTokens({
    connections: stores.connections,
    vault,
    leases: stores.leases,
    alerts: stores.alerts,
    refreshers: createRefreshers(config, clock),
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const connectors = createConnectors(
    config,
    {
      tokens,
      clock,
      push: { origin, secretOf: pushSecrets.of },
    },
    stores.alerts,
  );
  const slackClients = createSlackClients({ tokens, settings: { apiUrl: config.slack.apiUrl }, log });
  const connections = createConnections({
    store: stores.connections,
    vault,
    alerts: stores.alerts,
    clock,
    newId: stores.newId,
    readers: [
      ...connectors.map(({ directory }) => directory),
      createSlackPeople(createSlackDirectory(slackClients)),
    ],
    reps: stores.reps,
    identities: stores.identities,
    people: stores.knownPeople,
  });
  const reader = gatherReads({
    readers: connectors.map((connector) => connector.reader),
    connection: connections.byId,
  });
  const doors = gatherFinds({ connectors, connection: connections.byId });
  const crms = async (tenantId: string): Promise<readonly ConnectedCrm[]> =>
    (await connections.list(tenantId)).flatMap((connection) => {
      const connector = connectorOf(connection);
      if (connector === undefined || isGone(connection)) return [];
      const { vendor, name, entry } = connector;
      return [{ vendor, name, converts: entry?.convert !== undefined }];
    });
  /** undefined: Slack, which is no CRM. */
  const connectorOf = ({ vendor }: Pick<ConnectionInfo, 'vendor'>): Connector | undefined =>
    connectors.find((connector) => connector.vendor === vendor);
  return {
    vault,
    tokens,
    pushSecrets,
    connectors,
    connectorOf,
    slackClients,
    connections,
    reader,
    doors,
    crms,
  };
};

export type Vendors = ReturnType<typeof connectVendors>;
