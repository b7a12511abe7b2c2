import { stringify } from 'csv-stringify/sync';
import type { Written } from '../../bisect.ts';
import { failureOfError } from '../../failures.ts';
import { meaningOf } from '../failures.ts';
import { type BulkEnd, type BulkJob, BulkRefused, type BulkWays, runBulkJob } from './bulk-job.ts';

/** A row's fields. A field that is null is left as it is. */
export type BulkRow = Readonly<Record<string, string | boolean | null>>;

/**
 * Writes thousands of records by one job. One outcome for each, in order; rows are known again by the field `key`. A row
 * that no result names is unknown.
 */
export const writeByBulk = async (
  rows: readonly BulkRow[],
  key: string,
  job: BulkJob,
  ways: BulkWays,
): Promise<readonly Written[]> => {
  if (rows.length === 0) return [];
  try {
    const outcomes = readEnd(await runBulkJob(job, toCsv(rows), ways), key);
    return rows.map((row) => outcomes.get(String(row[key])) ?? { kind: 'unknown' });
  } catch (error) {
    const failure = error instanceof BulkRefused ? error.failure : failureOfError(error);
    return rows.map(() => failure);
  }
};

const toCsv = (rows: readonly BulkRow[]): string =>
  stringify([...rows], {
    header: true,
    columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
    cast: { boolean: String },
    record_delimiter: 'unix',
  });

const readEnd = (
  { successful, failed, unprocessed, error }: BulkEnd,
  key: string,
): ReadonlyMap<string, Written> =>
  new Map<string, Written>([
    ...successful.map((line): [string, Written] => [line[key] ?? '', { kind: 'written' }]),
    ...failed.map((line): [string, Written] => [line[key] ?? '', meaningOf(rowError(line.sf__Error ?? ''))]),
    ...unprocessed.map((line): [string, Written] => [line[key] ?? '', notProcessed(error)]),
  ]);

/** A job that failed as a whole names the column or the row that it stumbled over. */
const notProcessed = (error: string): Written =>
  error === ''
    ? { kind: 'retry', code: 'not_processed', afterMs: null }
    : meaningOf({ code: 'BULK_JOB_FAILED', message: error, fields: [] });

/** `INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:OwnerId --` */
const rowError = (text: string) => {
  const [, code = '', message = text, fields = ''] = /^(\w+):(.*?):?([\w, ]*?) ?--$/s.exec(text) ?? [];
  return {
    code,
    message,
    fields: fields
      .split(',')
      .map((field) => field.trim())
      .filter(Boolean),
  };
};
