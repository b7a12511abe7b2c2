import { bisect, type Written } from '../bisect.ts';
import { type Failure, failureOfError } from '../failures.ts';
import type { Reply } from './client.ts';
import { toFailure } from './failures.ts';

interface Batch<T> {
  readonly send: (inputs: readonly T[]) => Promise<Reply>;
  /** What a reply below 300 says of each input, in order. */
  readonly read: (inputs: readonly T[], reply: Reply) => readonly Written[];
  /** A refusal that would meet every input alike: not worth halving. */
  readonly common?: (failure: Failure) => boolean;
}

/** Sends inputs as one batch call, halved while HubSpot refuses it whole. */
export const sendBisecting = <T>(
  inputs: readonly T[],
  { send, read, common }: Batch<T>,
): Promise<readonly Written[]> =>
  bisect(inputs, {
    attempt: async (part) => {
      try {
        const reply = await send(part);
        return reply.status < 300 ? read(part, reply) : toFailure(reply);
      } catch (error) {
        return failureOfError(error);
      }
    },
    ...(common && { common }),
  });
