import type { NextFunction, Request, Response } from 'express';
import { breakReply } from '../break-reply.ts';
import { SalesforceError } from './errors.ts';

/**
 * Something that goes wrong on purpose. `reset` and `truncated` come after the work is done unless `when` is
 * `before`: the caller cannot know whether the write happened.
 */
export interface Fault {
  readonly kind:
    | 'daily_limit'
    | 'concurrent_limit'
    | '503'
    | '500'
    | 'session_expired'
    | 'slow'
    | 'reset'
    | 'truncated'
    | 'row';
  /** Part of the path; unset: every path. */
  readonly path?: string;
  readonly method?: string;
  /** How many requests (or rows) it hits; unset: all of them. */
  readonly times?: number;
  /** Requests (or rows) let through first. */
  readonly skip?: number;
  /** For slow: the wait in milliseconds. */
  readonly ms?: number;
  readonly when?: 'before' | 'after';
  /** For row: the code of the refusal; unset: UNABLE_TO_LOCK_ROW. */
  readonly code?: string;
  readonly message?: string;
  /** For row: the object and the record (18 characters); unset: any. */
  readonly objectType?: string;
  readonly id?: string;
}

const failure = (fault: Fault): SalesforceError | null => {
  switch (fault.kind) {
    case 'daily_limit':
      return new SalesforceError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    case 'concurrent_limit':
      return new SalesforceError(
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      );
    case '503':
      return new SalesforceError('SERVER_UNAVAILABLE', 'Server is temporarily unavailable');
    case '500':
      return new SalesforceError(
        'UNKNOWN_EXCEPTION',
        'An unexpected error occurred. Please include this ErrorId',
      );
    case 'session_expired':
      return new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid');
    default:
      return null;
  }
};

interface Active {
  readonly fault: Fault;
  seen: number;
}

const hits = (entry: Active): boolean => {
  const turn = entry.seen++ - (entry.fault.skip ?? 0);
  return turn >= 0 && turn < (entry.fault.times ?? Number.POSITIVE_INFINITY);
};

/** The switches for failures, and what carries them out. */
export const createFaults = (wait: (ms: number, task: () => void) => void) => {
  let active: readonly Active[] = [];
  const next = (req: Request): Fault | undefined =>
    active.find(
      (entry) =>
        entry.fault.kind !== 'row' &&
        (entry.fault.path === undefined || req.originalUrl.includes(entry.fault.path)) &&
        (entry.fault.method === undefined || entry.fault.method === req.method) &&
        hits(entry),
    )?.fault;
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
    /** Throws when this row is to be refused. */
    row: (objectType: string, id: string | null): void => {
      const entry = active.find(
        ({ fault }) =>
          fault.kind === 'row' &&
          (fault.objectType === undefined || fault.objectType === objectType) &&
          (fault.id === undefined || fault.id === id),
      );
      if (!entry || !hits(entry)) return;
      const { code = 'UNABLE_TO_LOCK_ROW', message } = entry.fault;
      throw new SalesforceError(
        code,
        message ?? `unable to obtain exclusive access to this record or 1 records: ${id ?? ''}`,
        [],
      );
    },
  };
};

export type Faults = ReturnType<typeof createFaults>;
