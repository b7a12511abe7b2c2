import { z } from 'zod';
import { bisect, type Written } from '../bisect.ts';
import { failureOfError } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { QUIET } from './facts.ts';
import { meaningOf, toFailure, zohoError } from './failures.ts';

/** Where and until when rows are written. */
export interface Ways {
  readonly call: CallZoho;
  readonly connection: Org;
  readonly until: number;
}

export interface RowsTo<T> {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly toRow: (input: T) => Readonly<Record<string, unknown>>;
  /** Besides the rows. Absent: that no workflow is to run. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What became of a row; `id`: of the record it is now, or (of a duplicate) already was. */
export interface RowResult {
  readonly outcome: Written;
  readonly id: string | null;
  readonly existed: boolean;
}

const results = z.object({
  data: z.array(
    z.union([
      z.object({
        status: z.literal('success'),
        action: z.string().nullish(),
        details: z.object({ id: z.string().optional() }),
      }),
      zohoError,
    ]),
  ),
});
type Verdict = z.infer<typeof results>['data'][number];

const UNKNOWN: RowResult = { outcome: { kind: 'unknown' }, id: null, existed: false };

/**
 * Writes up to a hundred rows in one call, each for itself: a status of 2xx says nothing of the rows. One result for
 * each, in order. Never sets off the org's workflows.
 */
export const writeRows = async <T>(
  inputs: readonly T[],
  to: RowsTo<T>,
  { call, connection, until }: Ways,
): Promise<readonly RowResult[]> => {
  const told = new Map<T, RowResult>();
  const outcomes = await bisect(inputs, {
    attempt: async (part) => {
      try {
        const reply = await call(connection, {
          method: to.method,
          path: to.path,
          body: { data: part.map(to.toRow), ...(to.more ?? QUIET) },
          purpose: 'delivery',
          until,
        });
        if (reply.status >= 300) return toFailure(reply);
        const verdicts = results.safeParse(reply.body).data?.data;
        return part.map((input, index) => {
          const result = resultOf(verdicts?.[index]);
          told.set(input, result);
          return result.outcome;
        });
      } catch (error) {
        return failureOfError(error);
      }
    },
  });
  return inputs.map((input, index) => ({
    ...(told.get(input) ?? UNKNOWN),
    outcome: outcomes[index] ?? { kind: 'unknown' },
  }));
};

const resultOf = (verdict: Verdict | undefined): RowResult => {
  if (verdict === undefined) return UNKNOWN;
  if (!('code' in verdict)) {
    const { action, details } = verdict;
    return { outcome: { kind: 'written' }, id: details.id ?? null, existed: action === 'update' };
  }
  const duplicate = verdict.code === 'DUPLICATE_DATA' ? verdict.details.duplicate_record?.id : undefined;
  return { outcome: meaningOf(verdict), id: duplicate ?? null, existed: duplicate !== undefined };
};
