import { z } from 'zod';
import { bisect, type Written } from '../bisect.ts';
import { failureOfError } from '../failures.ts';
import type { CallSalesforce, Org } from './client.ts';
import { WRITE_HEADERS } from './facts.ts';
import { meaningOf, salesforceError, toFailure } from './failures.ts';

/** Where and until when a collection is written. */
export interface Ways {
  readonly call: CallSalesforce;
  readonly connection: Org;
  readonly until: number;
}

const results = z.array(z.object({ success: z.boolean(), errors: z.array(salesforceError).default([]) }));

/**
 * Writes up to two hundred records in one call, each for itself: the status is 200 whatever became of the rows. One
 * outcome for each, in order. Never lets the org's assignment rule run.
 */
export const writeCollection = async <T>(
  inputs: readonly T[],
  to: {
    readonly method: 'POST' | 'PATCH';
    readonly path: string;
    readonly toRecord: (input: T) => Readonly<Record<string, unknown>>;
  },
  { call, connection, until }: Ways,
): Promise<readonly Written[]> =>
  bisect(inputs, {
    attempt: async (part) => {
      try {
        const reply = await call(connection, {
          method: to.method,
          path: to.path,
          headers: WRITE_HEADERS,
          body: { allOrNone: false, records: part.map(to.toRecord) },
          purpose: 'delivery',
          until,
        });
        if (reply.status >= 300) return toFailure(reply);
        const rows = results.safeParse(reply.body);
        return part.map((_, index) => outcomeOf(rows.data?.[index]));
      } catch (error) {
        return failureOfError(error);
      }
    },
  });

const outcomeOf = (result: z.infer<typeof results>[number] | undefined): Written => {
  if (result === undefined) return { kind: 'unknown' };
  if (result.success) return { kind: 'written' };
  const [error] = result.errors;
  return error === undefined ? { kind: 'unknown' } : meaningOf(error);
};
