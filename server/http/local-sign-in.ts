import type { Request, RequestHandler } from 'express';
import { parseCookies, SESSION_COOKIE } from './cookies.ts';
import type { Access } from './ports.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Signs a browser on this machine in when it opens a page of the console. */
export const localSignIn =
  (access: Access): RequestHandler =>
  async (request, response, next) => {
    if (isLocalBrowser(request) && !(await hasSession(access, request))) {
      const session = await access.openLocalSession();
      if (session)
        response.cookie(SESSION_COOKIE, session.token, {
          httpOnly: true,
          // Lax: who comes back from a vendor's page is still signed in; what changes anything asks for our own origin.
          sameSite: 'lax',
          path: '/',
          maxAge: session.lastsMs,
        });
    }
    next();
  };

/**
 * The address alone is not enough: a page elsewhere may name this machine by its own host name (DNS rebinding), and
 * a proxy on this machine speaks for strangers.
 */
const isLocalBrowser = (request: Request): boolean =>
  LOOPBACK.has(request.socket.remoteAddress ?? '') &&
  LOCAL_HOST.test(request.headers.host ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined;

const hasSession = async (access: Access, request: Request): Promise<boolean> => {
  const token = parseCookies(request.headers.cookie)[SESSION_COOKIE];
  return token !== undefined && (await access.bySession(token)) !== null;
};
