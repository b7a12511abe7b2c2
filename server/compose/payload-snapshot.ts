import type { Policies } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { Clock } from '../base/clock.ts';
import { snapshotFromPayload } from '../crm/hubspot/snapshot-from-payload.ts';
import type { HubspotEdge } from '../http/ports.ts';
import { createTtlCache } from './ttl-cache.ts';

/** How long another process's publish may go unseen here. The lane itself always decides by the live policy. */
const KEPT_MS = 1_000;
const MOST = 1_000;

/** Makes snapshots from workflow actions, knowing which properties each tenant's live policy reads. */
export const createPayloadSnapshot = (
  policies: Pick<Policies, 'live'>,
  appUrl: string,
  clock: Clock,
): { readonly snapshot: HubspotEdge['snapshot']; readonly forget: (tenantId: string) => void } => {
  const sources = createTtlCache(clock, { ms: KEPT_MS, most: MOST }, async (tenantId) => {
    const live = await policies.live(tenantId);
    if (!live) return null;
    const fields = Object.entries(readPolicy(live).policy.fields);
    return Object.fromEntries(
      fields.flatMap(([name, field]) => (field.sources.hubspot ? [[name, field.sources.hubspot]] : [])),
    );
  });
  return {
    snapshot: async (connection, object) => {
      const read = await sources.get(connection.tenantId);
      return read === null ? undefined : snapshotFromPayload(connection, object, read, appUrl);
    },
    forget: sources.forget,
  };
};
