/**
 * Where a rep's times may come from besides the directory of reps: time off they set in Slack, and what a CRM knows.
 * Stored decisions hold the place in this list: add at its end only.
 */
export const TIME_SOURCES = ['slack', 'hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive'] as const;
export type TimeSource = (typeof TIME_SOURCES)[number];

/** Whether a rep is working at one instant, and until when that answer holds. Instants are epoch milliseconds. */
export interface Availability {
  readonly code: 'available' | 'off_hours' | 'time_off' | 'holiday';
  /** Of `time_off` and `off_hours`: where it is from; absent: the directory or the policy. */
  readonly source?: TimeSource;
  /** Whether the rep's hours cover this instant, time off and holidays aside: when time away is owed for. */
  readonly inHours: boolean;
  /** While available: when the shift ends (null: open-ended). */
  readonly endsAt: number | null;
  /** While away: when the rep is next available (null: not within the horizon). */
  readonly backAt: number | null;
  /** The answer holds for now <= instant < validUntil, so it may be kept until then. */
  readonly validUntil: number;
}

/** What caps can count: open work, and leads taken in the current hour, day, week (from Monday) and month. */
export const CAPS = ['open', 'perHour', 'perDay', 'perWeek', 'perMonth'] as const;
export type Cap = (typeof CAPS)[number];
export type Capacity = Readonly<Partial<Record<Cap, number>>>;

/** Caps that count leads taken in a window of time, and so free by themselves. */
export type WindowCap = Exclude<Cap, 'open'>;
export type WindowEnds = Readonly<Record<WindowCap, number>>;

/** A rep at the moment of a decision; loads are over all pools and CRMs, windows in the rep's own zone. */
export interface RepState {
  readonly id: string;
  readonly active: boolean;
  readonly paused: boolean;
  /** Whether a message can reach the rep; if not, offers skip them and direct assignments do not. */
  readonly reachable: boolean;
  readonly availability: Availability;
  readonly capacity: Capacity;
  readonly load: Readonly<Record<Cap, number>>;
  /** When the current hour, day, week and month end in the rep's zone: the moment a full cap frees. */
  readonly windowEnds: WindowEnds;
  readonly skills: Readonly<Record<string, string | readonly string[]>>;
  /** The date in the rep's zone (`YYYY-MM-DD`), for allowances that count per day. */
  readonly today: string;
}

/** A pool member's ledger balance. Units are millionths of a lead. */
export interface Balance {
  /** Owed minus received, spendable now. */
  readonly lag: number;
  /**
   * Owed for time away and not yet released: above zero for who was away, below zero for those who took the leads
   * meanwhile. lag + banked is the whole lag; over a pool each sums to zero.
   */
  readonly banked: number;
  /** The rep's local date of the latest release, and how much was released on it. */
  readonly releasedOn: string | null;
  readonly releasedToday: number;
  /** When the member last received (or was offered) a lead from this pool; null: never. */
  readonly lastAt: number | null;
}

/** Everything a decision reads besides lead, policy and now. */
export interface RoutingState {
  /** Version of the time zone data that availability was resolved with (`process.versions.tz`). */
  readonly zones: string;
  readonly rep: (id: string) => RepState | undefined;
  /** A member unknown to the ledger starts at zero. */
  readonly balance: (pool: string, rep: string) => Balance;
  /** Rep ids of a team, in id order. */
  readonly team: (id: string) => readonly string[];
  /**
   * The rep of an id, an e-mail address or an owner id in a CRM; null: nobody, or several. `asked`: what asks, the field
   * or the account. Absent: nobody is known by a name.
   */
  readonly repNamed?: (name: string, asked: string) => string | null;
}

/** A posting to one pool's ledger. Sums: Σ owed = Σ charged over standing entries. Units: millionths of a lead. */
export interface Posting {
  readonly pool: string;
  readonly owed: Amounts;
  readonly charged: Amounts;
  /** Part of `owed` that went to `banked` rather than `lag`: time away, and its other side. Sums to zero. */
  readonly banked: Amounts;
  /** Moved from `banked` to `lag` by this posting, and back for those who lent. Sums to zero. */
  readonly released: Readonly<Record<string, Release>>;
  /** `lastAt` of the one charged as it was before, so that a reversal gives the place in line back. */
  readonly previousAt: number | null;
}

/** Millionths of a lead by rep id. */
export type Amounts = Readonly<Record<string, number>>;

/** `on`: the rep's local date the release counts on; null for those who lent, whose side has no allowance. */
export interface Release {
  readonly amount: number;
  readonly on: string | null;
}
