import type { TokenRefresher } from '../assignments/ports.ts';
import type { Config } from '../config.ts';
import type { Connector, ConnectorParts } from '../crm/connector.ts';
import { createAddresses as createDynamicsAddresses } from '../crm/dynamics/addresses.ts';
import { createDynamicsConnector } from '../crm/dynamics/create-dynamics-connector.ts';
import { createDynamicsRefresher } from '../crm/dynamics/oauth.ts';
import { createHubspotConnector } from '../crm/hubspot/create-hubspot-connector.ts';
import { createHubspotRefresher } from '../crm/hubspot/oauth.ts';
import { createAddresses } from '../crm/salesforce/addresses.ts';
import { createSalesforceConnector } from '../crm/salesforce/create-salesforce-connector.ts';
import { createSalesforceRefresher } from '../crm/salesforce/oauth.ts';

/** How each CRM's tokens are renewed, where its app is set up here. */
export const createRefreshers = ({ hubspot, salesforce, dynamics }: Config): readonly TokenRefresher[] => [
  ...withApp(hubspot, (app) => createHubspotRefresher({ ...app, apiUrl: hubspot.apiUrl })),
  ...withApp(salesforce, (app) =>
    createSalesforceRefresher({ ...app, addresses: createAddresses(salesforce.loginUrl) }),
  ),
  ...withApp(dynamics, (app) =>
    createDynamicsRefresher({ ...app, addresses: createDynamicsAddresses(dynamics.loginUrl) }),
  ),
];

/** Every CRM there is. */
export const createConnectors = (
  { hubspot, salesforce, dynamics }: Config,
  parts: ConnectorParts,
): readonly Connector[] => [
  createHubspotConnector(hubspot, parts),
  createSalesforceConnector(
    { addresses: createAddresses(salesforce.loginUrl), pollMs: salesforce.pollMs },
    parts,
  ),
  createDynamicsConnector({ addresses: createDynamicsAddresses(dynamics.loginUrl) }, parts),
];

interface App {
  readonly clientId: string;
  readonly clientSecret: string;
}

const withApp = (
  { clientId, clientSecret }: { readonly [Name in keyof App]: string | null },
  make: (app: App) => TokenRefresher,
): readonly TokenRefresher[] => (clientId && clientSecret ? [make({ clientId, clientSecret })] : []);
