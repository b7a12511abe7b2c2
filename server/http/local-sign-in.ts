import type { Request, RequestHandler } from 'express';
import { signedIn } from './authenticate.ts';
import { keepSecret } from './oauth/browser-secrets.ts';
import type { HttpParts } from './ports.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Signs a browser on this machine in when it opens a page of the console. */
export const localSignIn =
  (parts: HttpParts): RequestHandler =>
  async (request, response, next) => {
    if (isLocalBrowser(request) && (await signedIn(parts.access, request)) === null) {
      const session = await parts.access.openLocalSession();
      if (session) keepSecret(parts, response, 'session', { value: session.token, lastsMs: session.lastsMs });
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
