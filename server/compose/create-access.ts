import type { Clock } from '../base/clock.ts';
import { permissionsOf } from '../base/roles.ts';
import { cookieName } from '../http/cookies.ts';
import type { Access, Caller } from '../http/ports.ts';
import type { ApiKeys } from '../storage/directory/api-keys.ts';
import type { Sessions } from '../storage/directory/sessions.ts';
import { createTtlCache } from './ttl-cache.ts';

/** A revoked key or an ended session is refused after this long at the latest. */
const KEPT_MS = 10_000;
const MOST = 1_000;
const LOCAL_SESSION_MS = 12 * 3_600_000;
/** However busy, who signed in does so again after a day. Milliseconds. */
const SESSION_MS = 24 * 3_600_000;

/** Who calls, by API key or session. `localTenant`: whose console a browser on this machine is signed in to. `origin`: the one browsers reach. */
export const createAccess = (
  apiKeys: ApiKeys,
  sessions: Sessions,
  clock: Clock,
  localTenant: () => Promise<string | null>,
  origin: () => string,
): Access & { readonly forgetKeys: () => void } => {
  const options = { ms: KEPT_MS, most: MOST };
  const keys = createTtlCache(clock, options, apiKeys.find);
  const open = createTtlCache<Caller | null>(clock, options, async (token) => {
    const holder = await sessions.find(token);
    if (holder === null) return null;
    const { tenantId, subject, role, person, provenAt } = holder;
    return { tenantId, subject, may: permissionsOf(role), session: { token, role, person, provenAt } };
  });
  return {
    byApiKey: async (key) => {
      const holder = await keys.get(key);
      if (holder === null || (holder.endsAt !== null && holder.endsAt <= clock.now())) return null;
      return { tenantId: holder.tenantId, subject: `key:${holder.name}`, may: holder.may, session: null };
    },
    forgetKeys: keys.clear,
    bySession: (token) => open.get(token),
    openLocalSession: async () => {
      const tenantId = await localTenant();
      if (tenantId === null) return null;
      const session = { tenantId, subject: 'console', role: 'owner', personId: null, agent: null } as const;
      return { token: await sessions.open(session, LOCAL_SESSION_MS), lastsMs: LOCAL_SESSION_MS };
    },
    openSession: async (personId, agent, provenAt) => {
      const token = await sessions.openFor(personId, agent, SESSION_MS, provenAt);
      return token === null ? null : { token, lastsMs: SESSION_MS };
    },
    endSession: async (token) => {
      await sessions.end(token);
      open.forget(token);
    },
    endSessionsOf: async (personId) => {
      await sessions.endAllOf(personId);
      open.clear();
    },
    forget: () => open.clear(),
    sessionCookie: () => cookieName(origin(), 'session'),
  };
};
