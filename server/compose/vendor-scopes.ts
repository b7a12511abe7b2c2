import { SLACK_SCOPES } from '../../slack/scopes.ts';
import { missingScopes, type VendorScopes, type WantedScope } from '../assignments/install-ports.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Vendor } from '../assignments/types.ts';
import { DYNAMICS_SCOPES } from '../crm/dynamics/scopes.ts';
import { HUBSPOT_SCOPES } from '../crm/hubspot/scopes.ts';
import { PIPEDRIVE_SCOPES } from '../crm/pipedrive/scopes.ts';
import { SALESFORCE_SCOPES } from '../crm/salesforce/scopes.ts';
import { ZOHO_SCOPES } from '../crm/zoho/scopes.ts';

const SCOPES: Readonly<Record<Vendor, VendorScopes>> = {
  hubspot: HUBSPOT_SCOPES,
  salesforce: SALESFORCE_SCOPES,
  dynamics: DYNAMICS_SCOPES,
  zoho: ZOHO_SCOPES,
  pipedrive: PIPEDRIVE_SCOPES,
  slack: SLACK_SCOPES,
};

/** What an account was not asked to allow when it was connected, or did not. */
export const missingIn = ({ vendor, scopes }: ConnectionInfo): readonly WantedScope[] =>
  missingScopes(SCOPES[vendor], scopes);
