import type { Policies } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { Clock } from '../base/clock.ts';
import { TWIN_PROPERTIES } from '../crm/hubspot/facts.ts';
import { snapshotFromPayload } from '../crm/hubspot/snapshot-from-payload.ts';
import { snapshotFromPayload as fromSalesforce } from '../crm/salesforce/snapshot-from-payload.ts';
import type { HubspotEdge, SalesforceEdge } from '../http/ports.ts';
import type { Policy } from '../routing/policy/schema.ts';
import { createTtlCache } from './ttl-cache.ts';

/** How long another process's publish may go unseen here. The lane itself always decides by the live policy. */
const KEPT_MS = 1_000;
const MOST = 1_000;

type PayloadSnapshots = {
  readonly hubspot: HubspotEdge['snapshot'];
  readonly salesforce: SalesforceEdge['snapshot'];
  readonly forget: (tenantId: string) => void;
};

/** Makes snapshots from what CRMs send along, knowing which fields each tenant's live policy reads. */
export const createPayloadSnapshots = (
  policies: Pick<Policies, 'live'>,
  appUrl: string,
  clock: Clock,
): PayloadSnapshots => {
  const known = createTtlCache(clock, { ms: KEPT_MS, most: MOST }, async (tenantId) => {
    const live = await policies.live(tenantId);
    return live && readPolicy(live).policy;
  });
  return {
    hubspot: async (connection, object) => {
      const policy = await known.get(connection.tenantId);
      if (policy === null) return undefined;
      // Without what names its twin the record must be read.
      const linked = policy.crmOfRecord === null || Object.hasOwn(object.properties, TWIN_PROPERTIES.lead);
      return linked
        ? snapshotFromPayload(connection, object, sourcesOf(policy, 'hubspot'), appUrl)
        : undefined;
    },
    salesforce: async (connection, record) => {
      const policy = await known.get(connection.tenantId);
      // A twin is found by the person's address, which a trigger need not send.
      if (policy === null || policy.crmOfRecord !== null) return undefined;
      return fromSalesforce(connection, record, sourcesOf(policy, 'salesforce'));
    },
    forget: known.forget,
  };
};

const sourcesOf = ({ fields }: Policy, crm: 'hubspot' | 'salesforce'): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { sources }]) => (sources[crm] ? [[name, sources[crm]]] : [])),
  );
