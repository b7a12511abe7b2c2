import type { Away } from '../routing/availability/away.ts';

/** Where time off that reps set themselves is kept. Implemented in `storage/directory/rep-away.ts`. */
export interface RepAway {
  /**
   * Sets or ends a rep's time off, over all pools and CRMs; their Home in Slack is drawn again now and when it ends.
   * false: there is no such active rep.
   */
  readonly set: (tenantId: string, repId: string, away: Away | null, now: number) => Promise<boolean>;
}
