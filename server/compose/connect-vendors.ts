import type { Logger } from 'pino';
import { createSlackClients } from '../../slack/clients.ts';
import { createSlackDirectory } from '../../slack/directory.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { gatherReads } from '../crm/gather-reads.ts';
import { createHubspotClient } from '../crm/hubspot/client.ts';
import { createHubspotDirectory } from '../crm/hubspot/directory.ts';
import { createHubspotRefresher } from '../crm/hubspot/oauth.ts';
import { createHubspotReader } from '../crm/hubspot/reader.ts';
import { createConnections } from '../installs/connections.ts';
import { readKeyring } from '../installs/keyring.ts';
import { createAccessTokens } from '../installs/tokens.ts';
import { createVault } from '../installs/vault.ts';
import { createSlackPeople } from './slack-people.ts';
import type { Stores } from './stores.ts';

/** How HubSpot and Slack are spoken to: their clients, tokens and people, and the connections of tenants. */
export const connectVendors = (
  config: Config,
  stores: Stores,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
) => {
  const { hubspot, slack } = config;
  const vault = createVault(readKeyring(config.keys));
  const { clientId, clientSecret, apiUrl } = hubspot;
  const tokens = createAccessTokens({
    connections: stores.connections,
    vault,
    leases: stores.leases,
    alerts: stores.alerts,
    refreshers: clientId && clientSecret ? [createHubspotRefresher({ apiUrl, clientId, clientSecret })] : [],
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const call = createHubspotClient({ apiUrl, tokens, clock });
  const slackClients = createSlackClients({ tokens, settings: { apiUrl: slack.apiUrl }, log });
  const connections = createConnections({
    store: stores.connections,
    vault,
    alerts: stores.alerts,
    clock,
    newId: stores.newId,
    readers: [createHubspotDirectory(call), createSlackPeople(createSlackDirectory(slackClients))],
    reps: stores.reps,
    identities: stores.identities,
  });
  const reader = gatherReads({
    readers: [createHubspotReader(call, hubspot.appUrl)],
    connection: connections.byId,
  });
  return { vault, call, slackClients, connections, reader };
};

export type Vendors = ReturnType<typeof connectVendors>;
