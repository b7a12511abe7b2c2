/** What `POST /api/v1/connections` takes for an org that granted the app. */
export const salesforceConnection = (
  granted: { readonly orgId: string; readonly refreshToken: string; readonly instanceUrl: string },
  name: string,
) => ({
  vendor: 'salesforce',
  externalId: granted.orgId,
  name,
  scopes: ['api', 'refresh_token'],
  tokens: { refreshToken: granted.refreshToken },
  settings: { instanceUrl: granted.instanceUrl },
});
