import type { Outcome } from '../decision.ts';
import type { EarlierLead, Lead, LeadValues } from '../lead.ts';
import type { KnownReps } from './desk.ts';

/** A lead of the past, to be given again. */
export interface SimulatedLead {
  readonly id: string;
  /** The stored decision that found it. */
  readonly decision?: string;
  readonly values: LeadValues;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** How long a rep works on it, in milliseconds from when they have it; null: it is never closed. */
  readonly handling: number | null;
  /** Whom it really went to: a rep's id, or a name no rep has; null: nobody, or not known. */
  readonly owner: string | null;
  /** Whether its record had an owner then, and which rep that is; absent: it had none. */
  readonly recordOwner?: Lead['owner'];
  /** Reps as they are known to have been when it arrived. */
  readonly known?: KnownReps;
  /** Earlier leads of its person that a rep is known to have had. */
  readonly earlier?: readonly EarlierLead[];
}

/** What became of a lead, once it has somebody, a queue, or nothing more will come. */
export interface SettledLead {
  readonly lead: SimulatedLead;
  /** Its place in the order of arrival, from 0. */
  readonly number: number;
  /** Where it ended: with a rep, in a queue, still waiting, never routed, or decided for the log only. */
  readonly end: 'given' | 'log_only' | Exclude<Outcome['kind'], 'assigned' | 'offered'>;
  /** The rule that matched last; null: none did. */
  readonly rule: string | null;
  readonly pool: string | null;
  readonly queue: string | null;
  /** Who has it; null: nobody. */
  readonly taker: string | null;
  /** When that was so, epoch milliseconds. */
  readonly at: number;
  /** When its taker, being at work, had it; null: nobody did, or nobody knows when. */
  readonly atWork: number | null;
}
