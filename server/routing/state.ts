/** Whether a rep is working at one instant, and until when that answer holds. Instants are epoch milliseconds. */
export interface Availability {
  readonly code: 'available' | 'off_hours' | 'time_off' | 'holiday';
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
  readonly skills: Readonly<Record<string, string | readonly string[]>>;
  /** The date in the rep's zone (`YYYY-MM-DD`), for allowances that count per day. */
  readonly today: string;
}

/** A pool member's ledger balance. Units are millionths of a lead. */
export interface Balance {
  /** Owed minus received, spendable now. */
  readonly lag: number;
  /** Owed for time away and not yet released (`catchUp: bounded`). lag + banked is the whole lag. */
  readonly banked: number;
  /** The rep's local date of the latest release, and how much was released on it. */
  readonly releasedOn: string | null;
  readonly releasedToday: number;
  /** When the member last received a lead from this pool; null: never. */
  readonly lastAt: number | null;
}

/** Everything a decision reads besides lead, policy and now. */
export interface RoutingState {
  readonly rep: (id: string) => RepState | undefined;
  /** A member unknown to the ledger starts at zero. */
  readonly balance: (pool: string, rep: string) => Balance;
  /** Rep ids of a team, in id order. */
  readonly team: (id: string) => readonly string[];
}

/** A posting to one pool's ledger. Sums: Σ owed = Σ charged over standing entries. Units: millionths of a lead. */
export interface Posting {
  readonly pool: string;
  readonly owed: Readonly<Record<string, number>>;
  readonly charged: Readonly<Record<string, number>>;
  /** Part of `owed` that went to `banked` rather than `lag`, for members away. */
  readonly banked: Readonly<Record<string, number>>;
  /** Moved from `banked` to `lag` by this posting: sums to nothing in the whole lag. */
  readonly released: Readonly<Record<string, number>>;
}
