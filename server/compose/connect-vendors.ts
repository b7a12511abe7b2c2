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
import { createAddresses } from '../crm/salesforce/addresses.ts';
import { createSalesforceClient } from '../crm/salesforce/client.ts';
import { createSalesforceDirectory } from '../crm/salesforce/directory.ts';
import { createSalesforceRefresher } from '../crm/salesforce/oauth.ts';
import { createSalesforceReader } from '../crm/salesforce/reader.ts';
import { createConnections } from '../installs/connections.ts';
import { readKeyring } from '../installs/keyring.ts';
import { createAccessTokens } from '../installs/tokens.ts';
import { createVault } from '../installs/vault.ts';
import { createSlackPeople } from './slack-people.ts';
import type { Stores } from './stores.ts';

/** How the CRMs and Slack are spoken to: their clients, tokens and people, and the connections of tenants. */
export const connectVendors = (
  config: Config,
  stores: Stores,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
) => {
  const { hubspot, salesforce, slack } = config;
  const addresses = createAddresses(salesforce.loginUrl);
  const vault = createVault(readKeyring(config.keys));
  const { clientId, clientSecret, apiUrl } = hubspot;
  const tokens = createAccessTokens({
    connections: stores.connections,
    vault,
    leases: stores.leases,
    alerts: stores.alerts,
    refreshers: [
      ...(clientId && clientSecret ? [createHubspotRefresher({ apiUrl, clientId, clientSecret })] : []),
      ...(salesforce.clientId && salesforce.clientSecret
        ? [
            createSalesforceRefresher({
              addresses,
              clientId: salesforce.clientId,
              clientSecret: salesforce.clientSecret,
            }),
          ]
        : []),
    ],
    clock,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const call = createHubspotClient({ apiUrl, tokens, clock });
  const callSalesforce = createSalesforceClient({ addresses, tokens, clock });
  const slackClients = createSlackClients({ tokens, settings: { apiUrl: slack.apiUrl }, log });
  const connections = createConnections({
    store: stores.connections,
    vault,
    alerts: stores.alerts,
    clock,
    newId: stores.newId,
    readers: [
      createHubspotDirectory(call),
      createSalesforceDirectory(callSalesforce),
      createSlackPeople(createSlackDirectory(slackClients)),
    ],
    reps: stores.reps,
    identities: stores.identities,
  });
  const reader = gatherReads({
    readers: [createHubspotReader(call, hubspot.appUrl), createSalesforceReader(callSalesforce, addresses)],
    connection: connections.byId,
  });
  return { vault, call, callSalesforce, addresses, slackClients, connections, reader };
};

export type Vendors = ReturnType<typeof connectVendors>;
