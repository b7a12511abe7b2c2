import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../base/app-error.ts';
import { PROBLEMS } from '../problems.ts';
import {
  AT_ONCE,
  type CostClass,
  MOST_PROVEN,
  PARKED,
  type RateLimits,
  WINDOW_SECONDS,
} from './rate-limits.ts';

/** Counts what callers do, in this process's memory. Each throws `too_many_requests`, which says when to come again. */
export interface Limits {
  /** A tenant's call; `points`: how many it counts as. */
  readonly ofTenant: (tenantId: string, kind: CostClass, points?: number) => Promise<void>;
  /** A place among what a tenant has under way at once. Returns what gives it back, however often it is called. */
  readonly place: (tenantId: string, kind: keyof typeof AT_ONCE) => () => void;
  /** An install or a sign-in from an address. */
  readonly install: (address: string) => Promise<void>;
  /** A code of a vendor that came without a state, from an address. */
  readonly parked: (address: string, vendor: string) => Promise<void>;
  /**
   * Looks a credential up; null: it proves nothing, which counts against its address. Past the limit only credentials
   * that were proven lately are looked up: neighbours behind one address keep working, guesses are not even tried.
   */
  readonly proof: <T>(
    address: string,
    credential: string,
    lookUp: () => Promise<T | null>,
  ) => Promise<T | null>;
  /** A credential that was given out just now: it counts as proven. */
  readonly given: (credential: string) => void;
}

export const createLimits = (most: RateLimits): Limits => {
  const counter = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  const ofTenants = {
    reads: counter(most.reads),
    changes: counter(most.changes),
    expensive: counter(most.expensive),
  } satisfies Record<CostClass, RateLimiterMemory>;
  const installs = counter(most.installs);
  const parkedFrom = counter(PARKED.fromAddress);
  const parkedOf = counter(PARKED.ofVendor);
  const failures = counter(most.failures);
  const proven = createProven();
  return {
    ofTenant: (tenantId, kind, points = 1) => take(ofTenants[kind], tenantId, points, SAID[kind]),
    place: createPlaces(),
    install: (address) => take(installs, address, 1, SAID.installs),
    parked: async (address, vendor) => {
      await take(parkedFrom, `${vendor} ${address}`, 1, SAID.installs);
      await take(parkedOf, vendor, 1, SAID.installs);
    },
    given: proven.add,
    proof: async (address, credential, lookUp) => {
      if (!proven.has(credential)) await refuseOver(failures, address, most.failures);
      const found = await lookUp();
      if (found !== null) {
        proven.add(credential);
        return found;
      }
      proven.delete(credential);
      await take(failures, address, 1, SAID.failures);
      return null;
    },
  };
};

const SAID = {
  reads: 'This workspace reads more than its limit a minute allows',
  changes: 'This workspace changes more than its limit a minute allows',
  expensive: 'This workspace asks for more checks, simulations and exports than its limit a minute allows',
  failures: 'Too many calls from this address proved nothing: check the key or credential they send',
  installs: 'Too many sign-ins and installs were begun at this address',
  streams: 'This workspace follows its decisions in too many places at once',
  exports: 'This workspace has too many exports under way',
} as const;

const tooMany = (said: string, ms: number): AppError => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return new AppError('too_many_requests', `${said}. Wait ${seconds} seconds, then go on.`, {
    status: PROBLEMS.too_many_requests.status,
    retryAfterMs: seconds * 1000,
  });
};

const take = async (limiter: RateLimiterMemory, key: string, points: number, said: string): Promise<void> => {
  try {
    await limiter.consume(key, points);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw tooMany(said, refused.msBeforeNext);
    throw refused;
  }
};

const refuseOver = async (limiter: RateLimiterMemory, key: string, most: number): Promise<void> => {
  const so = await limiter.get(key);
  if (so !== null && so.consumedPoints >= most) throw tooMany(SAID.failures, so.msBeforeNext);
};

const createPlaces = (): Limits['place'] => {
  const taken = new Map<string, number>();
  return (tenantId, kind) => {
    const key = `${kind} ${tenantId}`;
    const before = taken.get(key) ?? 0;
    if (before >= AT_ONCE[kind]) throw tooMany(SAID[kind], WINDOW_SECONDS * 1000);
    taken.set(key, before + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (taken.get(key) ?? 1) - 1;
      if (left > 0) taken.set(key, left);
      else taken.delete(key);
    };
  };
};

/** The credentials proven last. */
const createProven = () => {
  const known = new Set<string>();
  return {
    has: (credential: string) => known.has(credential),
    delete: (credential: string) => known.delete(credential),
    add: (credential: string) => {
      if (known.has(credential)) return;
      known.add(credential);
      const oldest = known.size > MOST_PROVEN ? known.values().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
  };
};
