import type { NextFunction, Request, Response } from 'express';
import { breakReply } from '../break-reply.ts';
import { HubSpotError, rateLimitError } from './errors.ts';

/**
 * Something that goes wrong on purpose. `reset` and `truncated` come after the work is done unless `when` is
 * `before`: the caller cannot know whether the write happened.
 */
export interface Fault {
  readonly kind: '429' | '5xx' | '423' | '477' | 'slow' | 'reset' | 'truncated';
  /** Part of the path; unset: every path. */
  readonly path?: string;
  readonly method?: string;
  /** How many requests it hits; unset: all of them. */
  readonly times?: number;
  /** Requests let through first. */
  readonly skip?: number;
  /** For 5xx: the status (500, 502, 503, 504, 521, 523, 524). */
  readonly status?: number;
  /** For slow: the wait in milliseconds. */
  readonly ms?: number;
  /** For 477: seconds. */
  readonly retryAfter?: number;
  readonly when?: 'before' | 'after';
}

const failure = (fault: Fault): HubSpotError | null => {
  switch (fault.kind) {
    case '429':
      return rateLimitError('TEN_SECONDLY_ROLLING', { 'X-HubSpot-RateLimit-Remaining': '0' });
    case '5xx':
      return new HubSpotError(fault.status ?? 503, { message: 'Internal error', category: 'INTERNAL_ERROR' });
    case '423':
      return new HubSpotError(423, {
        message: 'The resource is locked, wait at least 2 seconds.',
        category: 'LOCKED',
      });
    case '477':
      return new HubSpotError(
        477,
        {
          message: 'The account is being migrated to another data hosting location.',
          category: 'MIGRATION_IN_PROGRESS',
        },
        { 'Retry-After': String(fault.retryAfter ?? 60) },
      );
    default:
      return null;
  }
};

/** The switches for failures, and the middleware that carries them out. */
export const createFaults = (wait: (ms: number, task: () => void) => void) => {
  let active: { readonly fault: Fault; seen: number }[] = [];
  const next = (req: Request): Fault | undefined => {
    for (const entry of active) {
      const { fault } = entry;
      if (fault.path !== undefined && !req.originalUrl.includes(fault.path)) continue;
      if (fault.method !== undefined && fault.method !== req.method) continue;
      const turn = entry.seen++ - (fault.skip ?? 0);
      if (turn >= 0 && turn < (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
    }
    return undefined;
  };
  return {
    set: (faults: readonly Fault[]): void => {
      active = faults.map((fault) => ({ fault, seen: 0 }));
    },
    middleware: (req: Request, res: Response, proceed: NextFunction): void => {
      const fault = active.length === 0 ? undefined : next(req);
      const error = fault && failure(fault);
      if (error) proceed(error);
      else if (fault?.kind === 'slow') wait(fault.ms ?? 1000, proceed);
      else if (fault?.kind === 'reset' && fault.when === 'before') req.socket.destroy();
      else {
        if (fault?.kind === 'reset') breakReply(res, () => null);
        if (fault?.kind === 'truncated')
          breakReply(res, (body) => body.slice(0, Math.floor(body.length / 2)));
        proceed();
      }
    },
  };
};

export type Faults = ReturnType<typeof createFaults>;
