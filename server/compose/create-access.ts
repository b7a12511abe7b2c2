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
): Access & { readonly forgetKeys: () => void } => {
  const options = { ms: KEPT_MS, most: MOST };
  const keys = createTtlCache(clock, options, apiKeys.find);
  const open = createTtlCache<Caller | null>(clock, options, async (token) => {
    const holder = await sessions.find(token);
    return holder && { tenantId: holder.tenantId, subject: holder.subject, may: EVERYTHING };
  });
  return {
    byApiKey: async (key) => {
      const holder = await keys.get(key);
      if (holder === null || (holder.endsAt !== null && holder.endsAt <= clock.now())) return null;
      return { tenantId: holder.tenantId, subject: `key:${holder.name}`, may: holder.may };
    },
    forgetKeys: keys.clear,
    bySession: (token) => open.get(token),
    openLocalSession: async () => {
      const tenantId = localTenant();
      if (tenantId === null) return null;
      const holder = { tenantId, subject: 'console', role: 'admin' };
      return { token: await sessions.open(holder, LOCAL_SESSION_MS), lastsMs: LOCAL_SESSION_MS };
    },
  };
};
