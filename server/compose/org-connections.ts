import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Connections, NewConnection, SalesforceEdge } from '../http/ports.ts';
import type { OrgCredentials } from '../storage/directory/org-credentials.ts';
import type { Vendors } from './connect-vendors.ts';
import { createTtlCache } from './ttl-cache.ts';

/** A revoked credential is refused after this long at the latest. */
const KEPT_MS = 10_000;
const MOST = 1_000;

/** Whose credential it is. `forget`: one has ended. */
export const createOrgAccess = (
  credentials: Pick<OrgCredentials, 'find'>,
  clock: Clock,
): Pick<SalesforceEdge, 'connectionOf'> & { readonly forget: () => void } => {
  const known = createTtlCache(clock, { ms: KEPT_MS, most: MOST }, credentials.find);
  return { connectionOf: known.get, forget: known.clear };
};

/** Connecting accounts, with settings their vendor accepts; an org of Salesforce gets a credential the first time. */
export const createOrgConnections = (
  { connections, connectorOf }: Pick<Vendors, 'connections' | 'connectorOf'>,
  credentials: OrgCredentials,
  forget: () => void,
  onConnected: (tenantId: string, connectionId: string) => void,
): Pick<Connections, 'put' | 'issueCredential'> => {
  const checked = (given: NewConnection): NewConnection => ({
    ...given,
    ...connectorOf(given)?.checkSettings?.(given),
  });
  return {
    put: async (tenantId, given) => {
      const { id } = await connections.put(tenantId, checked(given));
      onConnected(tenantId, id);
      if (given.vendor !== 'salesforce') return { id };
      // An org that is connected again goes on with the credential it has.
      return (await credentials.has(id)) ? { id } : { id, credential: await credentials.issue(id, 0) };
    },
    issueCredential: async (tenantId, connectionId, overlapMs) => {
      const own = (await connections.list(tenantId)).find(({ id }) => id === connectionId);
      if (own?.vendor !== 'salesforce')
        throw new AppError(
          'not_found',
          `There is no Salesforce connection ${connectionId}: GET /api/v1/connections lists them.`,
          { status: 404 },
        );
      return credentials.issue(connectionId, overlapMs).finally(forget);
    },
  };
};
