import type { VendorScopes } from '../../assignments/install-ports.ts';

/** Dynamics 365: one permission for the environment, named by its address; roles in it say the rest. */
export const DYNAMICS_SCOPES: VendorScopes = {
  wanted: [{ scope: 'user_impersonation', without: 'nothing can be read or written' }],
  covers: (granted, scope) =>
    granted.endsWith(`/${scope}`) || granted.endsWith('/.default') || granted === scope,
};
