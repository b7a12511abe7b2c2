import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';
import { toLongId } from '../crm/long-id.ts';
import type { Connections, NewConnection, SalesforceEdge } from '../http/ports.ts';
import type { OrgCredentials } from '../storage/directory/org-credentials.ts';
import type { Vendors } from './connect-vendors.ts';
import { createTtlCache } from './ttl-cache.ts';

/** A revoked credential is refused after this long at the latest. */
const KEPT_MS = 10_000;
const MOST = 1_000;

/** Whose credential it is. */
export const createOrgAccess = (
  credentials: Pick<OrgCredentials, 'find'>,
  clock: Clock,
): SalesforceEdge['connectionOf'] => {
  const known = createTtlCache(clock, { ms: KEPT_MS, most: MOST }, credentials.find);
  return known.get;
};

/** Connecting an org: its id in the long form, addresses that are Salesforce's, and a credential the first time. */
export const createOrgConnections = (
  { connections, addresses }: Pick<Vendors, 'connections' | 'addresses'>,
  credentials: OrgCredentials,
): Pick<Connections, 'put' | 'issueCredential'> => {
  const checked = (given: NewConnection): NewConnection => {
    addresses.instance(given);
    addresses.login(given);
    const externalId = toLongId(given.externalId);
    if (externalId !== null) return { ...given, externalId };
    throw new AppError('invalid_settings', 'externalId must be the org’s id, of 15 or 18 characters.', {
      status: 422,
    });
  };
  return {
    put: async (tenantId, given) => {
      if (given.vendor !== 'salesforce') return connections.put(tenantId, given);
      const { id } = await connections.put(tenantId, checked(given));
      // An org that is connected again goes on with the credential it has.
      return (await credentials.has(id)) ? { id } : { id, credential: await credentials.issue(id) };
    },
    issueCredential: async (tenantId, connectionId) => {
      const own = (await connections.list(tenantId)).find(({ id }) => id === connectionId);
      if (own?.vendor !== 'salesforce')
        throw new AppError('not_found', `There is no Salesforce connection ${connectionId}.`, {
          status: 404,
        });
      return credentials.issue(connectionId);
    },
  };
};
