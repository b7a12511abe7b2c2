import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { breakReply, halfOf } from './break-reply.ts';
import { type ActiveFault, createFaultList, type FaultCount } from './fault-list.ts';

/**
 * What can go wrong with any vendor: a late answer, a connection that breaks, half a body. `reset` and `truncated`
 * come after the work is done unless `when` is `before`: the caller cannot know whether the write happened.
 */
export const COMMON_KINDS = ['slow', 'reset', 'truncated'] as const;

/** A kind any vendor has. */
export type CommonKind = (typeof COMMON_KINDS)[number];

/** Something that goes wrong on purpose. `Kind`: the vendor's own failures beside the common ones. */
export interface Fault<Kind extends string = never> extends FaultCount {
  readonly kind: Kind | CommonKind;
  /** Part of the path; unset: every path. */
  readonly path?: string;
  readonly method?: string;
  /** For slow: the wait in milliseconds. */
  readonly ms?: number;
  readonly when?: 'before' | 'after';
  /** For failures whose status varies (5xx). */
  readonly status?: number;
  /** For failures that tell the caller when to come back: seconds. */
  readonly retryAfter?: number;
  /** For `row`: the vendor's code and words for the refusal. */
  readonly code?: string;
  readonly message?: string;
  /** For `row`: the object and the record; unset: any. */
  readonly objectType?: string;
  readonly id?: string;
}

/** What a vendor brings to its faults. */
export interface FaultOptions<Kind extends string> {
  readonly wait: (ms: number, task: () => void) => void;
  /** The vendor's own error for a request, or null for the common kinds. */
  readonly failureOf: (fault: Fault<Kind>) => Error | null;
  /** The refusal of one row of a batch (kind `row`, where the vendor lists it among its own). */
  readonly rowFailureOf?: (fault: Fault<Kind>, id: string | null) => Error;
}

/** The switches for failures, and what carries them out. */
export interface Faults<Kind extends string> {
  readonly set: (faults: readonly Fault<Kind>[]) => void;
  readonly add: (fault: Fault<Kind>) => void;
  readonly remove: (which: (fault: Fault<Kind>) => boolean) => void;
  readonly list: () => readonly ActiveFault<Fault<Kind>>[];
  readonly middleware: (req: Request, res: Response, proceed: NextFunction) => void;
  /** Throws when this row is to be refused. */
  readonly row: (objectType: string, id: string | null) => void;
}

const ROW = 'row';

const hitsRequest = (fault: Fault<string>, req: Request): boolean =>
  fault.kind !== ROW &&
  (fault.path === undefined || req.originalUrl.includes(fault.path)) &&
  (fault.method === undefined || fault.method === req.method);

const hitsRow = (fault: Fault<string>, objectType: string, id: string | null): boolean =>
  fault.kind === ROW &&
  (fault.objectType === undefined || fault.objectType === objectType) &&
  (fault.id === undefined || fault.id === id);

/** Has the answer break off once the work is done, where the fault says so. */
const breakOff = (fault: Fault<string> | null, res: Response): void => {
  if (fault?.kind === 'reset') breakReply(res, () => null);
  if (fault?.kind === 'truncated') breakReply(res, halfOf);
};

/** One vendor's faults: requests meet them in `middleware` (before the body is read), rows of a batch in `row`. */
export const createFaults = <Kind extends string>(options: FaultOptions<Kind>): Faults<Kind> => {
  const faults = createFaultList<Fault<Kind>>();
  return {
    set: faults.set,
    add: faults.add,
    remove: faults.remove,
    list: faults.list,
    middleware: (req, res, proceed) => {
      const fault = faults.take((one) => hitsRequest(one, req));
      const error = fault && options.failureOf(fault);
      if (error) proceed(error);
      else if (fault?.kind === 'slow') options.wait(fault.ms ?? 1000, proceed);
      else if (fault?.kind === 'reset' && fault.when === 'before') req.socket.destroy();
      else {
        breakOff(fault, res);
        proceed();
      }
    },
    row: (objectType, id) => {
      const fault = faults.take((one) => hitsRow(one, objectType, id));
      if (fault && options.rowFailureOf) throw options.rowFailureOf(fault, id);
    },
  };
};

/** The body of a stand-in's `/control/<vendor>/faults`: the faults that are on from now on, in place of any others. */
export const faultsBody = <const Kind extends string>(kinds: readonly Kind[]) => {
  const fault = z.strictObject({
    kind: z.enum([...kinds, ...COMMON_KINDS]),
    path: z.string().exactOptional(),
    method: z.string().exactOptional(),
    times: z.number().int().min(1).exactOptional(),
    skip: z.number().int().min(0).exactOptional(),
    ms: z.number().min(0).exactOptional(),
    when: z.enum(['before', 'after']).exactOptional(),
    status: z.number().int().exactOptional(),
    retryAfter: z.number().min(0).exactOptional(),
    code: z.string().exactOptional(),
    message: z.string().exactOptional(),
    objectType: z.string().exactOptional(),
    id: z.string().exactOptional(),
  });
  return z.object({ faults: z.array(fault).default([]) });
};
