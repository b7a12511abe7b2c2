import { createSlackLeave } from '../../slack/leave.ts';
import type { LeaveWay } from '../assignments/leave-ports.ts';
import type { Config } from '../config.ts';
import { DYNAMICS_LEAVE } from '../crm/dynamics/leave.ts';
import { createHubspotLeave } from '../crm/hubspot/leave.ts';
import { createAddresses as createPipedriveAddresses } from '../crm/pipedrive/addresses.ts';
import { createPipedriveLeave } from '../crm/pipedrive/leave.ts';
import { createAddresses } from '../crm/salesforce/addresses.ts';
import { createSalesforceLeave } from '../crm/salesforce/leave.ts';
import { createAddresses as createZohoAddresses } from '../crm/zoho/addresses.ts';
import { createZohoLeave } from '../crm/zoho/leave.ts';
import { withApp } from './with-app.ts';

/** How each vendor's accounts are left; where its app is not set up here, by hand. */
export const createLeaveWays = ({
  hubspot,
  salesforce,
  zoho,
  pipedrive,
  slack,
}: Config): readonly LeaveWay[] => [
  createHubspotLeave(withApp(hubspot, (app) => ({ ...hubspot, ...app }))[0] ?? null),
  createSalesforceLeave(createAddresses(salesforce.loginUrl)),
  DYNAMICS_LEAVE,
  createZohoLeave(createZohoAddresses(zoho.accountsUrl)),
  createPipedriveLeave(
    withApp(pipedrive, (app) => ({ ...app, addresses: createPipedriveAddresses(pipedrive.oauthUrl) }))[0] ??
      null,
  ),
  createSlackLeave(withApp(slack, (app) => ({ ...slack, ...app }))[0] ?? null),
];
