import type { DeliveryResult } from '../../assignments/ports.ts';

/** Codes of `retry` that speak of the whole connection: such a failure does not count against its delivery. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'rate_limited',
  'locked',
  'account_migrating',
  'needs_reconnecting',
  'vendor_unavailable',
  'timeout',
]);

/** Codes that open the circuit when every delivery of a batch ended so. */
const DOWN_CODES: ReadonlySet<string> = new Set(['vendor_unavailable', 'timeout']);

export const concernsConnection = (code: string): boolean => CONNECTION_CODES.has(code);

/** Whether a batch failed as a whole because its vendor did. */
export const vendorIsDown = (results: readonly DeliveryResult[]): boolean =>
  results.length > 0 && results.every((result) => result.outcome === 'retry' && DOWN_CODES.has(result.code));

/** How long the vendor asks the whole connection to pause, or 0. */
export const pauseAsked = (results: readonly DeliveryResult[]): number =>
  results.reduce(
    (longest, result) =>
      result.outcome === 'retry' && concernsConnection(result.code)
        ? Math.max(longest, result.afterMs ?? 0)
        : longest,
    0,
  );
