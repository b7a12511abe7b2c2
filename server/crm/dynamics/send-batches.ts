import { randomUUID } from 'node:crypto';
import { type Failure, failureOfError } from '../failures.ts';
import { type BatchRequest, batchText, readBatchReply } from './batch-text.ts';
import type { CallDynamics, Environment } from './client.ts';
import { BATCH_SIZE } from './facts.ts';
import { type Answer, toFailure } from './failures.ts';
import type { Purpose } from './limits.ts';

/** Where and until when something is asked. */
export interface Ways {
  readonly call: CallDynamics;
  readonly connection: Environment;
  readonly until: number;
  readonly purpose?: Purpose;
}

/** What became of one request: its answer, or why there is none. `unknown`: it may have been carried out. */
export type Answered =
  | Answer
  | { readonly status: null; readonly failure: Failure | { readonly kind: 'unknown' } };

/**
 * Sends requests in small batches side by side, as Microsoft advises: a large one uses up the time a user has. One
 * answer for each, in order; a failed part leaves the others alone.
 */
export const sendBatches = async (
  requests: readonly BatchRequest[],
  ways: Ways,
): Promise<readonly Answered[]> => {
  const chunks = Array.from({ length: Math.ceil(requests.length / BATCH_SIZE) }, (_, index) =>
    requests.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  return (await Promise.all(chunks.map((chunk) => sendOne(chunk, ways)))).flat();
};

const sendOne = async (
  requests: readonly BatchRequest[],
  { call, connection, until, purpose = 'delivery' }: Ways,
): Promise<readonly Answered[]> => {
  const boundary = `batch_${randomUUID()}`;
  try {
    const reply = await call(connection, {
      method: 'POST',
      path: '$batch',
      text: {
        type: `multipart/mixed; boundary="${boundary}"`,
        content: batchText(requests, boundary),
      },
      headers: { prefer: 'odata.continue-on-error' },
      purpose,
      until,
    });
    if (reply.status >= 300) return requests.map(() => ({ status: null, failure: toFailure(reply) }));
    const answers = readBatchReply(reply.headers.get('content-type') ?? '', reply.text);
    return requests.map((_, index) => answers[index] ?? UNKNOWN);
  } catch (error) {
    const failure = failureOfError(error);
    return requests.map(() => ({
      status: null,
      failure: MAYBE.has(failure.code) ? UNKNOWN.failure : failure,
    }));
  }
};

const UNKNOWN = { status: null, failure: { kind: 'unknown' } } as const;

/** A request that was given up, or whose connection broke, may still have been carried out. */
const MAYBE: ReadonlySet<string> = new Set(['timeout', 'vendor_unavailable']);

/** What an answer says of a write that needed no condition. */
export const failureOf = (answer: Answered): Failure | { readonly kind: 'unknown' } =>
  answer.status === null ? answer.failure : toFailure(answer);
