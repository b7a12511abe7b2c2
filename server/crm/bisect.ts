import type { Failure } from './failures.ts';

/** What became of one input of a batch. */
export type Written = { readonly kind: 'written' } | { readonly kind: 'unknown' } | Failure;

/** Refusals of the account or the app, whatever the input. */
const COMMON: ReadonlySet<string> = new Set(['missing_scope', 'api_retired']);

interface Batch<T> {
  /** What became of each input, in order; or why the batch failed as a whole. */
  readonly attempt: (inputs: readonly T[]) => Promise<readonly Written[] | Failure>;
  /** A refusal that would meet every input alike: not worth halving. */
  readonly common?: (failure: Failure) => boolean;
}

/**
 * Sends inputs as one batch. A CRM may refuse a batch whole for the sake of one bad input, without saying which: such
 * a one is halved until the bad one stands alone, so that it harms no other.
 */
export const bisect = async <T>(inputs: readonly T[], batch: Batch<T>): Promise<readonly Written[]> => {
  if (inputs.length === 0) return [];
  const outcome = await batch.attempt(inputs);
  if (Array.isArray(outcome)) return outcome;
  const failure = outcome as Failure;
  const common = COMMON.has(failure.code) || (batch.common?.(failure) ?? false);
  const divisible = failure.kind === 'refused' && !common && inputs.length > 1;
  if (!divisible) return inputs.map(() => failure);
  const middle = Math.ceil(inputs.length / 2);
  const first = await bisect(inputs.slice(0, middle), batch);
  return [...first, ...(await bisect(inputs.slice(middle), batch))];
};
