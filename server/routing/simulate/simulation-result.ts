import type { PoolStatement } from '../ledger/pool-ledger.ts';
import type { Durations } from './durations.ts';

/** A rep's part of the leads that were given. */
export interface RepShare {
  readonly rep: string;
  readonly leads: number;
  /** Of all leads that somebody has (in a pool: of the pool's), 0 to 1. */
  readonly share: number;
}

/** A pool's part, and what its ledger says. */
export interface PoolResult {
  readonly pool: string;
  readonly leads: number;
  /** Of all leads that somebody has, 0 to 1. */
  readonly share: number;
  /** Who has the pool's leads, and their part of them; most first. */
  readonly reps: readonly RepShare[];
  /** null: the pool gave no lead. */
  readonly fairness: PoolStatement | null;
}

/** How soon somebody at work had the leads, counted from arrival. Leads that were not routed, or for the log only, do not count. */
export interface Speed {
  readonly leads: number;
  /** Leads that nobody at work ever had. */
  readonly never: number;
  /** By the clock on the wall. */
  readonly elapsed: Durations;
  /** Counting the policy's hours only; all hours where it has none. */
  readonly working: Durations;
  /** Leads that somebody at work had within so many minutes of working time, of all of them: 0 to 1. */
  readonly within: readonly { readonly minutes: number; readonly share: number }[];
}

/** What a policy makes of leads of the past. Instants are epoch milliseconds, durations milliseconds. */
export interface SimulationResult {
  readonly leads: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly given: number;
  /** By rule, in the policy's order; null: no rule matched. Rules without leads are left out. */
  readonly rules: readonly { readonly rule: string | null; readonly leads: number }[];
  /** In the policy's order. */
  readonly pools: readonly PoolResult[];
  /** Most leads first. */
  readonly reps: readonly RepShare[];
  /** Leads that did not find anybody at once, how long those waited who did later, and how many wait to the end; the others went to a queue. */
  readonly waited: { readonly leads: number; readonly never: number; readonly found: Durations };
  /** Leads without a rep at the end. */
  readonly unowned: {
    readonly waiting: number;
    readonly queues: readonly { readonly queue: string; readonly leads: number }[];
    readonly notRouted: number;
    /** Decided for the log only: nothing changes for them. */
    readonly logOnly: number;
  };
  readonly speed: Speed;
  /** The most leads that were held in memory at once: those that waited, and open ones that would be closed. */
  readonly mostHeld: number;
}
