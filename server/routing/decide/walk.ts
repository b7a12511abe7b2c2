import type { Outcome, ReadState, StepTrace } from '../decision.ts';
import type { Derived } from '../derive/derive-values.ts';
import type { Lead } from '../lead.ts';
import type { Posting, RoutingState } from '../state.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/** One decision under way. */
export interface Walk {
  readonly lead: Lead;
  readonly derived: Derived;
  readonly compiled: CompiledPolicy;
  readonly state: RoutingState;
  readonly now: number;
  /** Spreads the rounding of shares over leads. */
  readonly phase: number;
  /** What was read so far: written to, becomes the decision's inputs. */
  readonly read: Mutable<ReadState>;
  /** The least engine that decides so: raised where a later one is needed. */
  engine: number;
  /** The next instant at which somebody who was looked at may be eligible; Infinity: unknown. */
  nextChance: number;
}

type Mutable<State extends ReadState> = {
  readonly teams: Record<string, State['teams'][string]>;
  readonly pools: Record<string, State['pools'][string]>;
  readonly reps: State['reps'][number][];
  owners?: NonNullable<State['owners']>;
};

/** What a step did. `taken` is null when it did not take the lead; the trace says why. */
export interface StepResult {
  readonly trace: StepTrace;
  readonly taken: Taken | null;
}

/** `pool` and `posting` as in `Decided`. */
export interface Taken {
  readonly outcome: Outcome;
  readonly pool: string | null;
  readonly posting: Posting | null;
}

/** Notes an instant at which the lead may find somebody. */
export const noteChance = (walk: Walk, at: number | null): void => {
  if (at !== null && at > walk.now && at < walk.nextChance) walk.nextChance = at;
};
