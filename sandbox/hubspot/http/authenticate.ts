import type { NextFunction, Request, Response } from 'express';
import { HubSpotError, rateLimitError } from '../errors.ts';
import { type ApiContext, callerOf, setCaller } from './context.ts';

const invalid = (message: string): HubSpotError =>
  new HubSpotError(401, { message, category: 'INVALID_AUTHENTICATION' });

const expired = (expiresAt: number, now: number): HubSpotError =>
  new HubSpotError(401, {
    message: `The OAuth token used to make this call expired ${Math.floor((now - expiresAt) / 1000)} second(s) ago.`,
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(expiresAt).toISOString()] },
  });

/** Bearer token → account and scopes: 401 INVALID_AUTHENTICATION or EXPIRED_AUTHENTICATION. */
export const authenticate =
  (context: ApiContext) =>
  (req: Request, _res: Response, next: NextFunction): void => {
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (!token) {
      throw invalid(
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      );
    }
    const access = context.tokens.access(token);
    const portal = access && context.portals.get(access.portalId);
    if (!access || !portal) throw invalid('The access token is invalid or was revoked.');
    if (access.expiresAt <= context.now()) throw expired(access.expiresAt, context.now());
    setCaller(req, { portal, scopes: new Set(access.scopes), appId: access.appId });
    next();
  };

const isSearch = (req: Request): boolean => req.method === 'POST' && req.path.endsWith('/search');

/** 110 requests per 10 s per app and account with the headers that say so; searches 5/s per account, without. */
export const limitRate =
  (context: ApiContext) =>
  (req: Request, res: Response, next: NextFunction): void => {
    const { portal, appId } = callerOf(req);
    const search = isSearch(req);
    const place = search
      ? { ok: context.limits.search(portal.id) }
      : context.limits.request(appId, portal.id);
    if ('left' in place) {
      res.setHeader('X-HubSpot-RateLimit-Max', place.max);
      res.setHeader('X-HubSpot-RateLimit-Remaining', place.left);
      res.setHeader('X-HubSpot-RateLimit-Interval-Milliseconds', 10_000);
    }
    if (!place.ok) {
      context.stats.countRateLimited();
      throw rateLimitError(search ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING');
    }
    next();
  };

/** 403 MISSING_SCOPES unless the token has one of these. */
export const requireScope = (req: Request, ...scopes: readonly string[]): void => {
  const caller = callerOf(req);
  if (scopes.some((scope) => caller.scopes.has(scope))) return;
  throw new HubSpotError(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: 'MISSING_SCOPES',
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: scopes },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
};
