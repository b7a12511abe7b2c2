import type { Response } from 'express';
import { HubSpotError } from '../errors.ts';
import { OBJECT_TYPES, type ObjectTypeName } from '../object-types.ts';
import type { Json } from './body.ts';

/** Sends a batch reply: `ok` when all went well, 207 with errors[] when some did not. */
export const sendBatch = (
  res: Response,
  ok: number,
  startedAt: number,
  results: readonly unknown[],
  errors: readonly unknown[],
): void => {
  res.status(errors.length > 0 ? 207 : ok).json({
    status: 'COMPLETE',
    results,
    ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
    startedAt: new Date(startedAt).toISOString(),
    completedAt: new Date(startedAt).toISOString(),
  });
};

/** One errors[] entry for all the ids that were not there, as batch reads and updates answer. */
export const missingIds = (type: ObjectTypeName, ids: readonly string[]): readonly unknown[] =>
  ids.length === 0
    ? []
    : [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: `Could not get some ${OBJECT_TYPES[type].label.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
          context: { ids },
          errors: [],
          links: {},
        },
      ];

/** A refused input among others: the trace id says which one. */
const inputError = (error: HubSpotError, input: Json): unknown => ({
  status: 'error',
  category: error.body.category,
  message: error.body.message,
  context:
    typeof input.objectWriteTraceId === 'string' ? { objectWriteTraceId: [input.objectWriteTraceId] } : {},
  errors: error.body.errors ?? [],
  links: {},
});

/** Runs `work` for each input and sorts what came of it; rethrows unless errors may be told one by one. */
export const eachInput = <T>(
  inputs: readonly Json[],
  multiStatus: boolean,
  work: (input: Json) => T,
): { results: T[]; errors: unknown[] } => {
  const results: T[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      results.push(work(input));
    } catch (error) {
      if (!(error instanceof HubSpotError) || !multiStatus) throw error;
      errors.push(inputError(error, input));
    }
  }
  return { results, errors };
};
