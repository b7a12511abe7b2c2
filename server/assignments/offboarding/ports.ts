/** Where one lead of a rep who left goes, and what became of that. */
export interface StoredMove {
  readonly assignmentId: string;
  /** null: the policy decides it. */
  readonly to: string | null;
  readonly state: MoveState;
  /** The assignment's version as it was moved; null: it was not. */
  readonly version: number | null;
}

/**
 * `moved`: to whom it was planned for; `decided`: by the policy; `skipped`: it was not theirs any more. Undone: `back`
 * with them, or `kept` where it is, since somebody has touched it.
 */
export type MoveState = 'pending' | 'moved' | 'decided' | 'skipped' | 'back' | 'kept';

/** A rep who left. Instants are epoch milliseconds. */
export interface StoredOffboarding {
  readonly id: string;
  readonly repId: string;
  readonly state: 'moving' | 'done' | 'undoing' | 'undone';
  readonly by: string;
  readonly at: number;
  readonly undoneBy: string | null;
  readonly undoneAt: number | null;
  readonly moves: readonly StoredMove[];
}

/** Reps who left, in the tenant's rows. Implemented in `storage`. */
export interface Offboardings {
  /**
   * Takes the rep out of the directory, keeping what it says of them, and notes where their leads are to go. false:
   * there is no such active rep.
   */
  readonly begin: (
    tenantId: string,
    leaving: Pick<StoredOffboarding, 'id' | 'repId' | 'by' | 'at'>,
    moves: readonly Pick<StoredMove, 'assignmentId' | 'to'>[],
  ) => Promise<boolean>;
  readonly find: (tenantId: string, id: string) => Promise<StoredOffboarding | null>;
  /** The latest of a rep; null: they never left. */
  readonly latest: (tenantId: string, repId: string) => Promise<StoredOffboarding | null>;
  /** What was begun and not ended. */
  readonly underWay: (tenantId: string) => Promise<readonly string[]>;
  /** Every lead is where it is to be. */
  readonly end: (tenantId: string, id: string, state: 'done' | 'undone') => Promise<void>;
  /** The rep takes leads again, as the directory had them. false: it is undone already, or not done yet. */
  readonly beginUndo: (tenantId: string, id: string, by: string, at: number) => Promise<boolean>;
}

/** What the lane writes of a move. It is left alone where it is not `before` any more. */
export interface MoveChange {
  readonly offboardingId: string;
  readonly assignmentId: string;
  readonly before: MoveState;
  readonly state: MoveState;
  readonly version: number | null;
}
