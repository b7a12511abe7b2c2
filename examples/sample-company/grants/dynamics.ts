import type { Granted } from './granted.ts';

/** An environment whose administrator agreed to the app and made an application user for it. */
export interface DynamicsEnvironment {
  readonly url: string;
  readonly tenantId: string;
  readonly organizationId: string;
}

/** Nobody is asked: Fairlead signs in by itself, as the application user. */
export const grantDynamics = ({ url, tenantId, organizationId }: DynamicsEnvironment): Granted => ({
  externalId: organizationId,
  name: 'Dynamics 365',
  scopes: [],
  tokens: {},
  settings: { url, tenantId },
});
