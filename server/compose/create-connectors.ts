import { createSlackRefresher } from '../../slack/refresher.ts';
import type { Alerts, TokenRefresher } from '../assignments/ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import type { Connector, ConnectorParts } from '../crm/connector.ts';
import { createAddresses as createDynamicsAddresses } from '../crm/dynamics/addresses.ts';
import { createDynamicsConnector } from '../crm/dynamics/create-dynamics-connector.ts';
import { createDynamicsRefresher } from '../crm/dynamics/oauth.ts';
import { createHubspotConnector } from '../crm/hubspot/create-hubspot-connector.ts';
import { createHubspotRefresher } from '../crm/hubspot/oauth.ts';
import { createAddresses as createPipedriveAddresses } from '../crm/pipedrive/addresses.ts';
import { createPipedriveConnector } from '../crm/pipedrive/create-pipedrive-connector.ts';
import { createPipedriveRefresher } from '../crm/pipedrive/oauth.ts';
import { createAddresses } from '../crm/salesforce/addresses.ts';
import { createSalesforceConnector } from '../crm/salesforce/create-salesforce-connector.ts';
import { createSalesforceRefresher } from '../crm/salesforce/oauth.ts';
import { createAddresses as createZohoAddresses } from '../crm/zoho/addresses.ts';
import { createZohoConnector } from '../crm/zoho/create-zoho-connector.ts';
import { createZohoRefresher } from '../crm/zoho/oauth.ts';
import { withApp } from './with-app.ts';

/** How each vendor's tokens are renewed, where its app is set up here. */
export const createRefreshers = (
  { hubspot, salesforce, dynamics, zoho, pipedrive, slack }: Config,
  clock: Clock,
): readonly TokenRefresher[] => [
  ...withApp(hubspot, (app) => createHubspotRefresher({ ...app, apiUrl: hubspot.apiUrl })),
  ...withApp(salesforce, (app) =>
    createSalesforceRefresher({ ...app, addresses: createAddresses(salesforce.loginUrl) }),
  ),
  ...withApp(zoho, (app) =>
    createZohoRefresher({ ...app, addresses: createZohoAddresses(zoho.accountsUrl), clock }),
  ),
  ...withApp(pipedrive, (app) =>
    createPipedriveRefresher({ ...app, addresses: createPipedriveAddresses(pipedrive.oauthUrl) }),
  ),
  ...withApp(dynamics, (app) =>
    createDynamicsRefresher({ ...app, addresses: createDynamicsAddresses(dynamics.loginUrl) }),
  ),
  ...withApp(slack, (app) => createSlackRefresher({ ...slack, ...app })),
];

/** Every CRM there is. */
export const createConnectors = (
  { hubspot, salesforce, dynamics, zoho, pipedrive }: Config,
  parts: ConnectorParts,
  alerts: Alerts,
): readonly Connector[] => [
  createHubspotConnector(hubspot, parts),
  createSalesforceConnector(
    { ...salesforce, addresses: createAddresses(salesforce.loginUrl), alerts },
    parts,
  ),
  createZohoConnector({ addresses: createZohoAddresses(zoho.accountsUrl), pollMs: zoho.pollMs }, parts),
  createPipedriveConnector(
    { addresses: createPipedriveAddresses(pipedrive.oauthUrl), pollMs: pipedrive.pollMs },
    parts,
  ),
  createDynamicsConnector({ addresses: createDynamicsAddresses(dynamics.loginUrl) }, parts),
];
