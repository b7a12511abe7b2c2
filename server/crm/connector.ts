/**
 * What the service asks of a CRM. Each vendor's folder has one `create-<vendor>-connector.ts`; `compose/connect-vendors`
 * makes them, and nothing else in the service knows which CRM it speaks to.
 */
import type { DirectoryReader } from '../assignments/directory-ports.ts';
import type { AccessTokens, ConnectionInfo, DeliveryResult, Sender, Usage } from '../assignments/ports.ts';
import type { LeadPerson, NativeOutcome, RecordRef, RecordSnapshot, Vendor } from '../assignments/types.ts';
import type { DecisionView } from '../assignments/views.ts';
import type { Clock } from '../base/clock.ts';
import type { CrmSenderParts } from './delivery/create-crm-sender.ts';
import type { BatchReader } from './gather-reads.ts';

export type CrmVendor = Exclude<Vendor, 'slack'>;

export interface Connector {
  readonly vendor: CrmVendor;
  /** The vendor's name as people write it. */
  readonly name: string;
  readonly reader: BatchReader;
  /** Its people: users with all their ids, queues and teams that may own leads, hours and time off where it knows them. */
  readonly directory: DirectoryReader;
  /** Writes owners, reasons and tasks. */
  readonly sender: (parts: CrmSenderParts) => Sender;
  /** Finds what no push told. */
  readonly changes: ChangeReader;
  /** Hears of changes as they happen, where the vendor keeps a stream of them. Absent: it keeps none, or none is set up. */
  readonly stream?: ChangeStream;
  /** How many leads each owner has to work on, by the vendor's own default. `ownerIds`: the reps', where each is asked for. */
  readonly countOpenWork: (
    connection: ConnectionInfo,
    ownerIds: readonly string[],
  ) => Promise<Readonly<Record<string, number>>>;
  /**
   * Sees to it that the vendor pushes here: registers what is missing, renews what will lapse, mends what was changed.
   * Asked on connecting and by the hour. Absent: the app's own registration pushes, or nothing does.
   */
  readonly keepPush?: (connection: ConnectionInfo) => Promise<void>;
  /** Takes back what `keepPush` registered. Absent: it registers nothing. Throws AppError. */
  readonly dropPush?: (connection: ConnectionInfo) => Promise<void>;
  /** A connection as it is to be stored. Throws AppError `invalid_settings` for hosts that are not the vendor's. */
  readonly checkSettings?: (given: GivenConnection) => GivenConnection;
  /** The lead that a record grew out of, or belongs to, for the card on it; null: none. Throws AppError. */
  readonly leadBehind?: (connection: ConnectionInfo, record: RecordRef) => Promise<RecordRef | null>;
  readonly entry?: EntryWays;
  /** Those of the sources a policy names that the account does not have, or has no more. Throws AppError. */
  readonly missingSources?: (
    connection: ConnectionInfo,
    sources: readonly string[],
  ) => Promise<readonly string[]>;
  /** How much of the vendor's limit on calls is used, as its last reply or our own count has it; null: not known yet. */
  readonly usage?: (connection: Pick<ConnectionInfo, 'id' | 'externalId'>) => Usage | null;
  /**
   * The first call, e-mail or meeting a person recorded on each record since an instant; null: none yet. Epoch ms, in
   * order. `until`: epoch ms, past which a CRM that takes a call for each asks nothing more and throws AppError.
   */
  readonly firstActivity?: (
    connection: ConnectionInfo,
    wanted: readonly { readonly ref: RecordRef; readonly since: number }[],
    until?: number,
  ) => Promise<readonly (number | null)[]>;
  /**
   * What the vendor's own assignment rules did with each record since an instant, the latest first; in order. Absent: it
   * has none, or does not tell. Throws AppError.
   */
  readonly nativeDecisions?: (
    connection: ConnectionInfo,
    wanted: readonly { readonly ref: RecordRef; readonly since: number }[],
  ) => Promise<readonly (readonly NativeDecision[])[]>;
}

/** What one of a vendor's own assignment rules did with a record. */
export interface NativeDecision {
  /** The rule, as people named it; null: it was deleted, or none matched. */
  readonly rule: string | null;
  readonly outcome: NativeOutcome;
  /** Whom it gave the record to; null: nobody. */
  readonly ownerId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface GivenConnection {
  readonly externalId: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Looks for records that changed. */
export interface ChangeReader {
  /** How often a look is worth its cost. Milliseconds. */
  readonly everyMs: number;
  /**
   * What changed since the cursor of the look before; null: the first look, from `now` on (or a little before).
   * `sources`: declared field → the vendor's source, for snapshots. Deleted, merged and converted records are among
   * them. Throws AppError.
   */
  readonly read: (
    connection: ConnectionInfo,
    from: {
      readonly cursor: string | null;
      readonly now: number;
      readonly sources: Readonly<Record<string, string>>;
      /** The records open leads stand on, for vendors that tell of no deletions; absent: none is known. */
      readonly openRecords?: () => Promise<readonly RecordRef[]>;
      /** Whether the look before told of this change: what more there is to read of it need not be read. */
      readonly isTold?: (ref: RecordRef, stamp: string) => boolean;
    },
  ) => Promise<Changes>;
}

export interface Changes {
  readonly records: readonly ChangedRecord[];
  /** Where the next look begins: opaque, stored as it is. */
  readonly cursor: string;
}

/** `snapshot` where the look is itself the read; `stamp` differs with every change of the record. */
export interface ChangedRecord {
  readonly ref: RecordRef;
  readonly stamp: string;
  readonly snapshot?: RecordSnapshot;
}

/** A vendor's own stream of what changed. */
export interface ChangeStream {
  /** Holds the stream open until it ends or `signal` is aborted. Throws AppError where a token is not to be had. */
  readonly listen: (connection: ConnectionInfo, listening: Listening) => Promise<StreamEnd>;
}

export interface Listening {
  /** Where the stream goes on: opaque, as it was kept; null: from now on. */
  readonly cursor: string | null;
  /** Declared field → the vendor's source, as the live policy has them now. */
  readonly sources: () => Promise<Readonly<Record<string, string>>>;
  /** The stream stands. */
  readonly onOpen: () => void;
  /** Keeps what was heard and then how far; more is taken from the stream once this resolves. */
  readonly keep: (heard: Heard) => Promise<void>;
  readonly signal: AbortSignal;
}

/** What a stream told at once. */
export interface Heard {
  /** Records that changed, in order; `key` is the same when the vendor repeats itself. */
  readonly records: readonly { readonly ref: RecordRef; readonly key: string }[];
  /** How many events came, those that concern nothing here among them; 0: a sign of life. */
  readonly events: number;
  /** Something changed that the stream cannot name: look. */
  readonly incomplete: boolean;
  /** null: as before. */
  readonly cursor: string | null;
}

export type StreamEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'broken'; readonly error: unknown }
  /** The vendor no longer goes on from the cursor: look, and listen from now on. */
  | { readonly kind: 'cursor_lost' }
  /** The account has no stream for us. `remedy`: what an administrator has to switch on. */
  | { readonly kind: 'unavailable'; readonly code: string; readonly remedy: string };

/** A lead on its way into a CRM. */
export interface NewRecord {
  /** Ours and stable: entering again with it makes no second record. At most 36 characters. */
  readonly key: string;
  readonly person: LeadPerson;
  /** Values by the vendor's source (`Lead.Country`), already the vendor's text. */
  readonly values: Readonly<Record<string, string>>;
  /** null: as the vendor gives it. */
  readonly ownerId: string | null;
  readonly decision: DecisionView;
}

export type Entered =
  /** `existed`: it stood there already, by our key or by another program; its owner is what it was. */
  | {
      readonly kind: 'entered';
      readonly ref: RecordRef;
      readonly existed: boolean;
      /** The person's record that we made as well, where the vendor keeps the lead apart from it. */
      readonly about?: RecordRef;
    }
  | { readonly kind: 'failed'; readonly result: DeliveryResult };

/** How leads that come in elsewhere enter a CRM. */
export interface EntryWays {
  /** What is made of a lead there. */
  readonly objectType: string;
  readonly batchLimit: number;
  /**
   * The record that already stands for each person, by e-mail and else phone; open leads before the rest, newest first;
   * null: none. In order.
   */
  readonly find: (
    connection: ConnectionInfo,
    people: readonly Pick<LeadPerson, 'email' | 'phone'>[],
  ) => Promise<readonly (RecordRef | null)[]>;
  /**
   * Creates records with their owner, in one step where the vendor can. An outcome that is unknown is asked for by `key`
   * before a second try: `mayExist`. In order; `until`: epoch ms.
   */
  readonly create: (
    connection: ConnectionInfo,
    records: readonly (NewRecord & { readonly mayExist: boolean })[],
    until: number,
  ) => Promise<readonly Entered[]>;
  /**
   * Writes values, by source, onto a record where it has none, and onto the person or company it is about where the
   * vendor keeps those apart; what it has no place for is passed over.
   */
  readonly fill: (
    connection: ConnectionInfo,
    ref: RecordRef,
    values: Readonly<Record<string, string>>,
    until: number,
  ) => Promise<DeliveryResult>;
  /** Turns leads into what the vendor turns them into, with their owner. In order. */
  readonly convert?: (
    connection: ConnectionInfo,
    leads: readonly { readonly ref: RecordRef; readonly ownerId: string }[],
    until: number,
  ) => Promise<readonly DeliveryResult[]>;
}

/** What every connector is made from, besides its own settings. */
export interface ConnectorParts {
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly push: PushTarget;
}

/** Where vendors are to push to, and by what they prove themselves there. */
export interface PushTarget {
  /** The origin vendors reach, without a trailing slash. */
  readonly origin: () => string;
  /** A secret of this connection's own: 43 characters of the base64url alphabet. */
  readonly secretOf: (connectionId: string) => string;
}
