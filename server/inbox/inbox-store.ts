/** What the inbox keeps. Implemented in `storage/inbox-store`. */
export interface InboxStore {
  /** One durable row per event not yet known; repeats of a known event change nothing. */
  readonly put: (rows: readonly NewInboxRow[]) => Promise<void>;
  /** Takes due rows, oldest first, and keeps them from others for `leaseMs`. */
  readonly take: (most: number, leaseMs: number) => Promise<readonly InboxRow[]>;
  readonly done: (ids: readonly number[]) => Promise<void>;
  /** To be taken again after `afterMs`. `error`: a code, for operators. */
  readonly retry: (ids: readonly number[], afterMs: number, error: string) => Promise<void>;
  /** Never taken again by itself. */
  readonly park: (ids: readonly number[], error: string) => Promise<void>;
  /** Forgets rows done longer ago than any vendor repeats an event. */
  readonly prune: (olderThanMs: number) => Promise<void>;
}

export interface NewInboxRow {
  readonly connectionId: string;
  readonly kind: string;
  /** Equal for repeats of the same event. */
  readonly dedupe: string;
  readonly payload: unknown;
}

/** A row with the tenant its connection belongs to. */
export interface InboxRow {
  readonly id: number;
  readonly tenantId: string;
  readonly connectionId: string;
  readonly payload: unknown;
  /** Its account is gone: it was disconnected, or the app was removed there. */
  readonly gone: boolean;
  /** Tries so far, this one included. */
  readonly attempts: number;
}
