import { createSlackInstall } from '../../slack/install.ts';
import type { InstallWay } from '../assignments/install-ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { createAddresses as createDynamicsAddresses } from '../crm/dynamics/addresses.ts';
import { createDynamicsInstall } from '../crm/dynamics/install.ts';
import { createHubspotInstall } from '../crm/hubspot/install.ts';
import { createAddresses as createPipedriveAddresses } from '../crm/pipedrive/addresses.ts';
import { createPipedriveInstall } from '../crm/pipedrive/install.ts';
import { createAddresses } from '../crm/salesforce/addresses.ts';
import { createSalesforceInstall } from '../crm/salesforce/install.ts';
import { createAddresses as createZohoAddresses } from '../crm/zoho/addresses.ts';
import { createZohoInstall } from '../crm/zoho/install.ts';
import { withApp } from './with-app.ts';

/** How each account is connected, where its vendor's app is set up here. */
export const createInstallWays = (
  { hubspot, salesforce, dynamics, zoho, pipedrive, slack }: Config,
  clock: Clock,
): readonly InstallWay[] => [
  ...withApp(hubspot, (app) => createHubspotInstall({ ...hubspot, ...app })),
  ...withApp(salesforce, (app) =>
    createSalesforceInstall({ ...app, addresses: createAddresses(salesforce.loginUrl) }),
  ),
  ...withApp(dynamics, (app) =>
    createDynamicsInstall({ ...app, addresses: createDynamicsAddresses(dynamics.loginUrl) }),
  ),
  ...withApp(zoho, (app) =>
    createZohoInstall({ ...app, addresses: createZohoAddresses(zoho.accountsUrl), clock }),
  ),
  ...withApp(pipedrive, (app) =>
    createPipedriveInstall({ ...app, addresses: createPipedriveAddresses(pipedrive.oauthUrl) }),
  ),
  ...withApp(slack, (app) => createSlackInstall({ ...slack, ...app })),
];
