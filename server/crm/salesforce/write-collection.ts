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

const duplicates = z.object({
  matchResults: z.array(
    z.object({
      entityType: z.string(),
      matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }) })),
    }),
  ),
});

const results = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    created: z.boolean().optional(),
    errors: z
      .array(
        z
          .unknown()
          .transform((error) => ({ error: salesforceError.parse(error), duplicate: duplicateIn(error) })),
      )
      .default([]),
  }),
);
type Result = z.infer<typeof results>[number];

/** The lead a duplicate rule takes a new one for. */
const duplicateIn = (error: unknown): string | undefined =>
  z
    .object({ duplicateResult: duplicates })
    .safeParse(error)
    .data?.duplicateResult.matchResults.find(({ entityType }) => entityType === 'Lead')?.matchRecords[0]
    ?.record.Id;

/** An outcome with the row's id, and whether an upsert made it. `duplicateOf`: the lead it would be a second of. */
export type RowOutcome = Written & {
  readonly id?: string;
  readonly created?: boolean;
  readonly duplicateOf?: string;
};

interface Collection<T> {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly toRecord: (input: T) => Readonly<Record<string, unknown>>;
}

/**
 * Writes up to two hundred records in one call, each for itself: the status is 200 whatever became of the rows. One
 * outcome for each, in order. Never lets the org's assignment rule run.
 */
export const writeCollection = <T>(
  inputs: readonly T[],
  to: Collection<T>,
  ways: Ways,
): Promise<readonly Written[]> => writeRows(inputs, to, ways);

/** As `writeCollection`, with what is told of each row. */
export const writeRows = async <T>(
  inputs: readonly T[],
  to: Collection<T>,
  { call, connection, until }: Ways,
): Promise<readonly RowOutcome[]> =>
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

const outcomeOf = (result: Result | undefined): RowOutcome => {
  if (result === undefined) return { kind: 'unknown' };
  const { id, created } = result;
  if (result.success)
    return { kind: 'written', ...(id && { id }), ...(created !== undefined && { created }) };
  const [first] = result.errors;
  if (first === undefined) return { kind: 'unknown' };
  return {
    ...meaningOf(first.error),
    ...(first.duplicate !== undefined && { duplicateOf: first.duplicate }),
  };
};
