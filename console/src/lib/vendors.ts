/** Vendors' names as people write them. */
export const VENDORS: Readonly<Record<string, string>> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  dynamics: 'Dynamics 365',
  zoho: 'Zoho CRM',
  pipedrive: 'Pipedrive',
  slack: 'Slack',
};

/** Whom people sign in with, as people write it. */
export const PROVIDERS: Readonly<Record<string, string>> = {
  ...VENDORS,
  microsoft: 'Microsoft',
  oidc: 'single sign-on',
};
