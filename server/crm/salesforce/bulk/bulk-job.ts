import { z } from 'zod';
import type { Failure } from '../../failures.ts';
import type { Call, Reply } from '../client.ts';
import { BULK } from '../facts.ts';
import { toFailure } from '../failures.ts';
import type { Ways } from '../write-collection.ts';

/** What a job does, and by what its rows are known. */
export interface BulkJob {
  readonly object: string;
  readonly operation: 'update' | 'upsert';
  /** Of an upsert: the external id. */
  readonly externalIdFieldName?: string;
}

export interface BulkWays extends Ways {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

const job = z.object({ id: z.string(), state: z.string(), errorMessage: z.string().nullish() });
type Job = z.infer<typeof job>;

/** What became of the rows, each with the fields it was sent with; none where that is not to be had. */
export interface BulkEnd {
  readonly successful: readonly BulkLine[];
  readonly failed: readonly BulkLine[];
  readonly unprocessed: readonly BulkLine[];
  /** Why the job failed as a whole; empty where it did not. */
  readonly error: string;
}

const lines = z.array(z.record(z.string(), z.string()));
export type BulkLine = z.infer<typeof lines>[number];

/** Why a job was never begun. */
export class BulkRefused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

const ENDED = new Set(['JobComplete', 'Failed', 'Aborted']);

/**
 * Runs a job of the Bulk API 2.0 to its end: made, uploaded, closed, waited for. One that takes longer than there is time
 * is aborted: what it has written stands, the rest is told as unprocessed. Throws BulkRefused, and AppError of the client.
 */
export const runBulkJob = async (wanted: BulkJob, csv: string, ways: BulkWays): Promise<BulkEnd> => {
  const asked = await ask(ways, {
    method: 'POST',
    path: BULK.path,
    body: { ...wanted, contentType: 'CSV', lineEnding: 'LF', columnDelimiter: 'COMMA' },
  });
  const { id } = parse(asked);
  const path = `${BULK.path}/${id}`;
  const csvBody = { type: 'text/csv; charset=UTF-8', body: csv };
  const uploaded = await ask(ways, { method: 'PUT', path: `${path}/batches`, text: csvBody });
  if (uploaded.status >= 300) {
    await setState(path, 'Aborted', ways);
    throw new BulkRefused(toFailure(uploaded));
  }
  const closed = await setState(path, 'UploadComplete', ways);
  if (closed.status >= 300) throw new BulkRefused(toFailure(closed));
  const end = await waitForEnd(path, ways);
  const read = (name: string) => readLines(`${path}/${name}`, ways);
  return {
    successful: await read('successfulResults/'),
    failed: await read('failedResults/'),
    unprocessed: await read('unprocessedrecords/'),
    error: end.state === 'Failed' ? (end.errorMessage ?? 'Failed') : '',
  };
};

const ask = (
  { call, connection, until }: BulkWays,
  wanted: Pick<Call, 'method' | 'path' | 'body' | 'text'>,
): Promise<Reply> => call(connection, { ...wanted, purpose: 'delivery', until });

const parse = (reply: Reply): Job => {
  if (reply.status >= 300) throw new BulkRefused(toFailure(reply));
  return job.parse(reply.body);
};

const setState = (path: string, state: string, ways: BulkWays): Promise<Reply> =>
  ask(ways, { method: 'PATCH', path, body: { state } });

const waitForEnd = async (path: string, ways: BulkWays): Promise<Job> => {
  for (let wait: number = BULK.firstLookMs; ; wait = Math.min(2 * wait, BULK.mostWaitMs)) {
    await ways.wait(wait);
    const now = parse(await ask(ways, { method: 'GET', path }));
    if (ENDED.has(now.state)) return now;
    if (ways.now() + BULK.endMs >= ways.until) return parse(await setState(path, 'Aborted', ways));
  }
};

/** What cannot be read leaves its rows unknown: they are looked at anyway. */
const readLines = async (path: string, ways: BulkWays): Promise<readonly BulkLine[]> => {
  const reply = await ask(ways, { method: 'GET', path });
  return (reply.status < 300 && lines.safeParse(reply.body).data) || [];
};
