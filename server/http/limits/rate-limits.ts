/**
 * How often something may be done in a minute, by one caller, at one process. Nothing a vendor pushes is counted: a push
 * that is refused may never come again (docs/decisions/0021).
 */
export interface RateLimits {
  /** Reads of a tenant by its API keys, sessions and cards. */
  readonly reads: number;
  /** Changes of a tenant. A batch counts each lead. */
  readonly changes: number;
  /** What costs seconds of work: checks, simulations, replays, exports, imports of people. */
  readonly expensive: number;
  /** Keys, sessions and credentials from one address that prove nothing. */
  readonly failures: number;
  /** Installs begun or come back to, and sign-ins, from one address. */
  readonly installs: number;
}

/** Where the settings say nothing else. Far above what people and programs need; far below what hurts the others. */
export const DEFAULT_RATE_LIMITS: RateLimits = Object.freeze({
  reads: 30_000,
  changes: 60_000,
  expensive: 300,
  failures: 120,
  installs: 120,
});

/** The window all of them are counted in. Seconds. */
export const WINDOW_SECONDS = 60;

/** Credentials proven lately that are looked up though others at their address failed too often; the oldest is forgotten. */
export const MOST_PROVEN = 10_000;

/** What a call of a tenant counts as. */
export type CostClass = 'reads' | 'changes' | 'expensive';

/**
 * Codes that come without a state in a minute, each of which is asked of its vendor: from one address, and of one vendor
 * in all. A marketplace sends a browser once.
 */
export const PARKED = { fromAddress: 10, ofVendor: 300 } as const;

/** How many of a tenant's may be under way at once, at one process: each holds a connection, or a file, until it ends. */
export const AT_ONCE = { streams: 200, exports: 4 } as const;
