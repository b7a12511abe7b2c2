import type { RequestHandler } from 'express';
import type { Clock } from '../server/base/clock.ts';

/** How far a request's timestamp may be from now, in seconds. */
const TOLERANCE = 300;

/** Refuses requests dated in the future, which Bolt accepts: one could be signed once and replayed for years. */
export const timestampGuard =
  (clock: Clock): RequestHandler =>
  (request, response, next) => {
    const seconds = Number(request.get('x-slack-request-timestamp'));
    if (Math.abs(clock.now() / 1000 - seconds) <= TOLERANCE) return next();
    response.status(401).end();
  };
