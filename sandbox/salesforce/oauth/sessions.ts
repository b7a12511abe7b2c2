import { randomBytes } from 'node:crypto';
import type { Grant, OAuthSettings, Session } from './app.ts';

/** Access tokens: sessions that end some time after their last use. */
export const createSessions = (now: () => number, settings: () => OAuthSettings) => {
  const sessions = new Map<string, Session>();
  return {
    open: (grant: Grant, refreshToken: string | null): Session => {
      const token = `${grant.orgId.slice(0, 15)}!AQ${randomBytes(48).toString('base64url')}`;
      const session = { ...grant, token, refreshToken, expiresAt: now() + settings().sessionMs };
      sessions.set(token, session);
      return session;
    },
    /** A session that is still open; using it keeps it open. */
    use: (token: string): Session | undefined => {
      const session = sessions.get(token);
      if (!session) return undefined;
      if (session.expiresAt <= now()) {
        sessions.delete(token);
        return undefined;
      }
      session.expiresAt = now() + settings().sessionMs;
      return session;
    },
    close: (token: string): boolean => sessions.delete(token),
    closeWhere: (matches: (session: Session) => boolean): void => {
      for (const [token, session] of sessions) if (matches(session)) sessions.delete(token);
    },
    closeAll: (): void => sessions.clear(),
  };
};
