/** What delivery needs of the database. Implemented in `storage/delivery-store`. */
import type { Bulk, ConnectionInfo, Delivery, DeliveryKind, DeliveryResult } from './ports.ts';

/** The right to send for one connection, held by one process at a time. `epoch` rises with every new holder. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
}

/** Leases run on the database's clock: the clocks of two machines may differ. */
export interface Leases {
  /** null: somebody else holds it. */
  readonly acquire: (name: string, ttlMs: number) => Promise<Lease | null>;
  /** Extends it; false: it was lost. */
  readonly renew: (lease: Lease, ttlMs: number) => Promise<boolean>;
  readonly release: (lease: Lease) => Promise<void>;
}

/** How a delivery ended (or that it is to be tried again), as it is stored. */
export interface Verdict {
  readonly delivery: Delivery;
  /** `pending`: again at `dueAt`. */
  readonly state: 'done' | 'refused' | 'overtaken' | 'pending';
  readonly dueAt: number;
  readonly code: string | null;
  readonly remedy: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Tries that failed by the delivery's own fault, this one included. */
  readonly failures: number;
  /** Whether the use cases want to hear that it ended. */
  readonly heard: boolean;
}

/** What is stored of a sender's work at once. */
export interface Settled {
  readonly verdicts: readonly Verdict[];
  /** Deliveries that ended earlier and were told since, by id. */
  readonly told: readonly string[];
}

/** A delivery that has ended, and how, for the use cases to hear. `at`: when it ended. */
export interface Ended {
  readonly delivery: Delivery;
  readonly result: Exclude<DeliveryResult, { outcome: 'retry' }>;
  readonly at: number;
}

export type Taken =
  | { readonly kind: 'lease_lost' }
  | {
      readonly kind: 'taken';
      /** One kind, in order; their tries and intents are committed. */
      readonly deliveries: readonly Delivery[];
      /** Ended on the way, untold: of what was settled, and what was refused instead of taken. */
      readonly ended: readonly Ended[];
      /** When the next pending one is due, if none was taken. */
      readonly nextDueAt: number | null;
    };

export interface TakeOptions {
  readonly now: number;
  readonly batchSize: (kind: DeliveryKind) => number;
  /** Absent: no kind is taken by thousands. */
  readonly bulk?: (kind: DeliveryKind) => Bulk | null;
  /** Owner writes one record may have in an hour; the next is refused. */
  readonly ownerWritesPerHour: number;
  /** Taken before and not settled yet: what is of their keys, or of their assignments, waits for them. */
  readonly underWay?: readonly Delivery[];
  /** What came of batches: stored first, in the same transaction. */
  readonly settled?: Settled;
  /** How many the batch before held: so many are looked for at first. */
  readonly expected?: number;
}

/** A refused delivery as operators see it. */
export interface DeadLetter {
  readonly delivery: Delivery;
  readonly code: string;
  readonly remedy: string;
  readonly refusedAt: number;
}

export interface DeliveryStore {
  /** Connections with something due, or ended and untold. */
  readonly connectionsDue: (now: number) => Promise<readonly string[]>;
  /** Settles, then takes the next batch, under the lease: supersedes, counts the try, commits write intents. */
  readonly take: (lease: Lease, connection: ConnectionInfo, options: TakeOptions) => Promise<Taken>;
  /** Stores what came of batches, under the lease. Returns what has ended, untold; null: the lease was lost, nothing is stored. */
  readonly complete: (
    lease: Lease,
    connection: ConnectionInfo,
    settled: Settled,
    now: number,
  ) => Promise<readonly Ended[] | null>;
  /** What ended and was not told, oldest first: a process died, or the listener failed. */
  readonly untold: (connection: ConnectionInfo, limit: number) => Promise<readonly Ended[]>;
  readonly told: (connection: ConnectionInfo, ids: readonly string[], now: number) => Promise<void>;
  /** Ends everything that is queued for an account that is gone; whom it concerns is told as of any other ending. */
  readonly refusePending: (connection: ConnectionInfo, now: number) => Promise<void>;
  /** Queues again what ended so and is still wanted. */
  readonly queueAgain: (connection: ConnectionInfo, now: number) => Promise<void>;
  /** Newest first. */
  readonly deadLetters: (tenantId: string, limit: number) => Promise<readonly DeadLetter[]>;
  /** Makes a refused delivery pending again. Returns its connection; null: there is no such refused delivery. */
  readonly retryDead: (tenantId: string, deliveryId: string, now: number) => Promise<string | null>;
}
