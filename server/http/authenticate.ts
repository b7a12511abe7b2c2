import type { Request } from 'express';
import { PERMISSIONS, type Permission } from '../base/permissions.ts';
import { parseCookies } from './cookies.ts';
import { addressOf } from './limits/address-of.ts';
import type { Access, Caller, HttpParts } from './ports.ts';
import { problem } from './problem.ts';
import { noteCaller } from './request-log.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

type Doors = Pick<HttpParts, 'access' | 'limits'>;

/**
 * Who calls, and that they may: by `Authorization: Bearer fl_…`, else by session cookie. `needs` null: whoever is known
 * may. Throws `unauthenticated`, `foreign_origin`, `forbidden`, or `too_many_requests` where too many calls from one
 * address proved nothing.
 */
export const authenticate = async (
  parts: Doors,
  request: Request,
  needs: Permission | null,
): Promise<Caller> => {
  const caller = await callerOf(parts, request);
  noteCaller(request, caller);
  if (needs === null || caller.may.has(needs)) return caller;
  throw problem(
    'forbidden',
    `This asks for permission to ${PERMISSIONS[needs]}: ask an owner of the workspace.`,
  );
};

const callerOf = async ({ access, limits }: Doors, request: Request): Promise<Caller> => {
  const prove = (credential: string, lookUp: () => Promise<Caller | null>) =>
    limits.proof(addressOf(request), credential, lookUp);
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined)
    return (
      (await prove(bearer, () => access.byApiKey(bearer))) ??
      refuse('The API key is unknown, over or revoked: make another under Settings, API keys.')
    );
  const token = sessionIn(access, request);
  if (token === undefined) return refuse('Send `Authorization: Bearer fl_…` with an API key of your tenant.');
  // A cookie travels with requests other sites cause; a key does not.
  if (SAFE_METHODS.has(request.method)) requireOwnNavigation(request);
  else requireOwnOrigin(request);
  return (
    (await prove(token, () => access.bySession(token))) ?? refuse('The session has ended: sign in again.')
  );
};

const sessionIn = (access: Access, request: Request): string | undefined =>
  parseCookies(request.headers.cookie)[access.sessionCookie()];

/** Who is signed in in a browser that opens a page; null: nobody. */
export const signedIn = async (access: Access, request: Request): Promise<Caller | null> => {
  const token = sessionIn(access, request);
  return token === undefined ? null : access.bySession(token);
};

const refuse = (detail: string): never => {
  throw problem('unauthenticated', detail);
};

/** Whether no page of another site sent the browser to this page of ours; an address that was typed is ours. */
export const isOwnNavigation = ({ headers }: Request): boolean => {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
};

/** Throws `foreign_origin` where a page of another site sent the browser. */
export const requireOwnNavigation = (request: Request): void => {
  if (!isOwnNavigation(request)) throw problem('foreign_origin', 'Begin this in the console itself.');
};

/** A page of another site did not cause this request. Throws `foreign_origin`. */
export const requireOwnOrigin = (request: Request): void => {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  // Browsers leave the origin out where a page tells nobody where it was; this one no page can set.
  if (origin === undefined && site === 'same-origin') return;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === host) return;
  throw problem('foreign_origin', 'Send this from the console itself, or use an API key.');
};
