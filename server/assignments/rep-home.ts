import type { TimeSource } from '../routing/state.ts';
import type { NamedRef, PersonView } from './views.ts';

/** What a rep sees of themselves: their offers, leads, time off and standing. Instants are epoch milliseconds. */
export interface RepHome {
  readonly rep: NamedRef;
  /** The rep's zone. */
  readonly timezone: string;
  readonly asOf: number;
  /** The tenant only looks: nothing is offered to anybody. */
  readonly logOnly: boolean;
  /** Time off they set themselves; `until` null: until they switch back. */
  readonly away: { readonly since: number; readonly until: number | null } | null;
  /** Whether they are at work, and if not, when they are back as far as that is known. */
  readonly availability: {
    readonly code: 'available' | 'off_hours' | 'time_off' | 'holiday' | 'paused';
    readonly backAt: number | null;
    /** The CRM whose hours or time off it is; absent: the directory or the policy. */
    readonly source?: TimeSource;
  };
  /** Their manager's name. */
  readonly manager: string | null;
  /** The soonest to end first. */
  readonly offers: Counted<HomeOffer>;
  /** The newest first. */
  readonly leads: Counted<HomeLead>;
  readonly pools: readonly HomePool[];
}

/** The first of a list, and how many there are. */
export interface Counted<T> {
  readonly total: number;
  readonly shown: readonly T[];
}

interface HomeRow {
  readonly assignmentId: string;
  readonly person: PersonView | null;
  /** The CRM's connection, by name. */
  readonly crm: string | null;
}

export interface HomeOffer extends HomeRow {
  /** null: the clock has not started. */
  readonly expiresAt: number | null;
  /** How many it is offered to. */
  readonly offerees: number;
  readonly pool: NamedRef | null;
}

export interface HomeLead extends HomeRow {
  readonly since: number;
  readonly written: 'none' | 'pending' | 'done' | 'refused';
}

/** A pool the rep is in. `lag` in leads: above zero they are owed, below they are ahead. */
export interface HomePool {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  /** The weights of everybody who takes leads here, the rep's included. */
  readonly totalWeight: number;
  readonly lag: number;
  readonly received: number;
}
