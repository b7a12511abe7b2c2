import type { Reply } from './client.ts';
import { type Failure, failureOfError, toFailure } from './failures.ts';

/** What became of one input of a batch. */
export type Written = { readonly kind: 'written' } | { readonly kind: 'unknown' } | Failure;

interface Batch<T> {
  readonly send: (inputs: readonly T[]) => Promise<Reply>;
  /** What a reply below 300 says of each input, in order. */
  readonly read: (inputs: readonly T[], reply: Reply) => readonly Written[];
  /** A refusal that would meet every input alike: not worth halving. */
  readonly common?: (failure: Failure) => boolean;
}

/**
 * Sends inputs as one batch. HubSpot refuses some batches whole for the sake of one bad input, without saying which:
 * those are halved until the bad one stands alone, so that it harms no other.
 */
export const sendBisecting = async <T>(
  inputs: readonly T[],
  batch: Batch<T>,
): Promise<readonly Written[]> => {
  if (inputs.length === 0) return [];
  const outcome = await trySend(inputs, batch);
  if (Array.isArray(outcome)) return outcome;
  const failure = outcome as Failure;
  const common = failure.code === 'missing_scope' || (batch.common?.(failure) ?? false);
  const divisible = failure.kind === 'refused' && !common && inputs.length > 1;
  if (!divisible) return inputs.map(() => failure);
  const middle = Math.ceil(inputs.length / 2);
  const first = await sendBisecting(inputs.slice(0, middle), batch);
  return [...first, ...(await sendBisecting(inputs.slice(middle), batch))];
};

const trySend = async <T>(inputs: readonly T[], batch: Batch<T>): Promise<readonly Written[] | Failure> => {
  try {
    const reply = await batch.send(inputs);
    return reply.status < 300 ? batch.read(inputs, reply) : toFailure(reply);
  } catch (error) {
    return failureOfError(error);
  }
};
