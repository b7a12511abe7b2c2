import { LONGEST_TRY } from '../../assignments/bounds.ts';

/** How delivery behaves; every figure is a default that tests change. Durations in milliseconds. */
export interface DeliveryOptions {
  /** How long one hold on a connection lasts unless renewed. */
  readonly leaseMs: number;
  /** The most one batch may take; well below the lease, so that no send outlives it. */
  readonly sendMs: number;
  /** How often the database is asked what is due, besides being woken. */
  readonly pollMs: number;
  /** Tries of one delivery before it is refused, where the failure is its own. */
  readonly maxFailures: number;
  /** Age at which a delivery is refused, whoever's failure it was. */
  readonly maxAgeMs: number;
  readonly backoff: { readonly baseMs: number; readonly capMs: number };
  /** Failed batches in a row after which the connection rests, and for how long. */
  readonly circuit: { readonly failures: number; readonly restMs: number };
  readonly ownerWritesPerHour: number;
}

export const DELIVERY_DEFAULTS: DeliveryOptions = Object.freeze({
  leaseMs: 60_000,
  sendMs: LONGEST_TRY,
  pollMs: 5_000,
  maxFailures: 8,
  maxAgeMs: 24 * 3_600_000,
  backoff: { baseMs: 1_000, capMs: 300_000 },
  circuit: { failures: 5, restMs: 15_000 },
  ownerWritesPerHour: 3,
});
