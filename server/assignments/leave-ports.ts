/** How an account that is disconnected is left at its vendor. Each vendor has one way; see docs/installing.md. */
import type { ConnectionInfo } from './ports.ts';
import type { Vendor } from './types.ts';

/** What is to be done at the vendor, in this order: what it pushes here is taken back, then what it allows. */
export type LeaveStep = 'push' | 'permission';

/** The tokens of an account that is being left. */
export interface LeavingTokens {
  /** null: it has none, or none that can be renewed. */
  readonly refreshToken: string | null;
  /** A fresh one. Throws AppError `needs_reconnecting` once the vendor takes none any more. */
  readonly accessToken: () => Promise<string>;
}

/** What became of a step: `by_hand`: only a person can do it. */
export type LeaveOutcome = 'done' | 'by_hand';

export interface LeaveWay {
  readonly vendor: Vendor;
  /**
   * Takes back what the account allowed Fairlead. null: the vendor lets no app do that. Throws a retryable AppError
   * where it does not answer.
   */
  readonly revoke: ((connection: ConnectionInfo, tokens: LeavingTokens) => Promise<LeaveOutcome>) | null;
  /** Where a person does each step, in words. */
  readonly byHand: Readonly<Record<LeaveStep, string>>;
}

/** A step that is not done. `trying`: by itself, again and again; else a person has to. */
export interface LeftStep {
  readonly step: LeaveStep;
  readonly trying: boolean;
  readonly byHand: string;
}
