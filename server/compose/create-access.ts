import type { Clock } from '../base/clock.ts';
import { ALL_PERMISSIONS, type Permission } from '../base/permissions.ts';
import type { Access, Caller } from '../http/ports.ts';
import type { ApiKeys } from '../storage/directory/api-keys.ts';
import type { Sessions } from '../storage/directory/sessions.ts';
import { createTtlCache } from './ttl-cache.ts';

/** A revoked key or an ended session is refused after this long at the latest. */
const KEPT_MS = 10_000;
const MOST = 1_000;
const EVERYTHING: ReadonlySet<Permission> = new Set(ALL_PERMISSIONS);
const LOCAL_SESSION_MS = 12 * 3_600_000;

/** Who calls, by API key or session. `localTenant`: whose console a browser on this machine is signed in to. */
export const createAccess = (
  apiKeys: ApiKeys,
  sessions: Sessions,
  clock: Clock,
  localTenant: () => string | null,
): Access => {
  const options = { ms: KEPT_MS, most: MOST };
  const keys = createTtlCache<Caller | null>(clock, options, async (key) => {
    const holder = await apiKeys.find(key);
    return holder && { tenantId: holder.tenantId, subject: `key:${holder.name}`, may: EVERYTHING };
  });
  const open = createTtlCache<Caller | null>(clock, options, async (token) => {
    const holder = await sessions.find(token);
    return holder && { tenantId: holder.tenantId, subject: holder.subject, may: EVERYTHING };
  });
  return {
    byApiKey: (key) => keys.get(key),
    bySession: (token) => open.get(token),
    openLocalSession: async () => {
      const tenantId = localTenant();
      if (tenantId === null) return null;
      const holder = { tenantId, subject: 'console', role: 'admin' };
      return { token: await sessions.open(holder, LOCAL_SESSION_MS), lastsMs: LOCAL_SESSION_MS };
    },
  };
};
