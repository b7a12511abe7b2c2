import type { RecordCard } from '../record-card.ts';

/** Why there is nothing to show, or nothing newer. `detail` is the service's own words, where it gave any. */
export interface Trouble {
  readonly what: TroubleKind;
  readonly detail: string | null;
}

export type TroubleKind =
  /** No answer at all, or one that says the service is down. */
  | 'unreachable'
  /** This HubSpot account belongs to no tenant. */
  | 'not_connected'
  /** The service does not know the person who looks. */
  | 'not_known'
  /** The service did not take the request for HubSpot's. */
  | 'not_accepted'
  /** Asked too often. */
  | 'busy'
  /** An answer nobody can read. */
  | 'unreadable'
  /** The project was uploaded without the address of the service. */
  | 'not_set_up';

/** What came back from the service. A refusal is expected: somebody was faster, time ran out. */
export type Answer =
  | { readonly kind: 'card'; readonly card: RecordCard }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly detail: string;
      readonly card: RecordCard | null;
    }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export const trouble = (what: TroubleKind, detail: string | null = null): Answer => ({
  kind: 'trouble',
  trouble: { what, detail },
});
