import type { Move } from '../../routing/batch/plan-offboarding.ts';
import type { NamedRef } from '../views.ts';
import type { MoveState } from './ports.ts';

/** A rep leaves: their open leads go to others in one action that can be looked at before and undone after. */
export interface OffboardRep {
  /** Where the leads would go now; nothing is changed. null: there is no such active rep. */
  readonly preview: (tenantId: string, repId: string) => Promise<OffboardingPlan | null>;
  /**
   * Takes the rep out of the directory and moves their leads. `moves`: as a preview had them; left out, as planned now.
   * A lead that is not theirs any more by then stays where it is. Throws AppError `not_found` or `unknown_rep`.
   */
  readonly confirm: (command: {
    readonly tenantId: string;
    readonly repId: string;
    readonly by: string;
    readonly moves: readonly { readonly assignment: string; readonly to: string | null }[] | null;
  }) => Promise<OffboardingView>;
  /** The latest time the rep left; null: they never did. */
  readonly latest: (tenantId: string, repId: string) => Promise<OffboardingView | null>;
  /**
   * The rep takes leads again, and leads go back that nobody has touched since. Throws AppError `not_found` or
   * `conflict`.
   */
  readonly undo: (command: {
    readonly tenantId: string;
    readonly id: string;
    readonly by: string;
  }) => Promise<OffboardingView>;
}

export interface OffboardingPlan {
  readonly rep: NamedRef;
  readonly moves: readonly {
    readonly assignment: string;
    readonly lead: string | null;
    readonly company: string | null;
    readonly pool: NamedRef | null;
    readonly to: NamedRef | null;
    readonly because: Move['because'];
  }[];
  /** Offers they have not answered: they go on as if they were away. */
  readonly offers: number;
  /** Leads each would get, and how many they have. */
  readonly totals: readonly { readonly rep: NamedRef; readonly more: number; readonly open: number }[];
  /** Pools and steps that name the rep in the live policy: a new version should not. */
  readonly namedIn: readonly string[];
}

export interface OffboardingView {
  readonly id: string;
  readonly rep: NamedRef;
  readonly state: 'moving' | 'done' | 'undoing' | 'undone';
  readonly by: string;
  readonly at: string;
  readonly undoUntil: string;
  readonly undone: { readonly by: string; readonly at: string } | null;
  readonly moves: readonly {
    readonly assignment: string;
    readonly to: NamedRef | null;
    readonly state: MoveState;
  }[];
}
