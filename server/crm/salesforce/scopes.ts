import type { VendorScopes } from '../../assignments/install-ports.ts';

/** What an install asks for: the API, and tokens that can be renewed [doc]. */
export const INSTALL_SCOPES = ['api', 'refresh_token'] as const;

/** Other names of the same, and what holds it [doc]. */
const HELD_BY: Readonly<Record<string, readonly string[]>> = {
  api: ['full'],
  refresh_token: ['offline_access'],
};

export const SALESFORCE_SCOPES: VendorScopes = {
  wanted: [
    { scope: 'api', without: 'nothing can be read or written' },
    { scope: 'refresh_token', without: 'the connection ends with its first token' },
  ],
  covers: (granted, scope) => granted === scope || (HELD_BY[scope]?.includes(granted) ?? false),
};
