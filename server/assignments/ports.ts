/**
 * What the use cases need of the world. Implemented in `storage`, `crm`, `jobs` and `slack`; joined in `compose.ts`.
 */
import type { PersonKey } from '../routing/match/person-key.ts';
import type { AccountStatus } from './account-status.ts';
import type { RecordRef, RecordSnapshot, Vendor } from './types.ts';

/** Reads records from their CRM, now. Refs that arrive within 50 ms for one connection go out as one batch call. */
export interface RecordReader {
  /** `sources`: declared field name → the vendor's source (`contact.country`). A failed read rejects with AppError. */
  readonly read: (ref: RecordRef, sources: Readonly<Record<string, string>>) => Promise<RecordSnapshot>;
}

/** Asks CRMs what was done with a lead. */
export interface ActivityReader {
  /** When somebody first worked on a record since an instant; null: not yet, or its CRM keeps no such thing. Epoch milliseconds. */
  readonly first: (record: RecordRef, since: number) => Promise<number | null>;
}

/** Wakes work. The rows say what is due; a lost wake-up only costs the time until the next sweep. */
export interface Jobs {
  /** Sweep due assignments of a tenant at (or soon after) an instant in epoch milliseconds. */
  readonly wakeTenant: (tenantId: string, at: number) => Promise<void>;
  /** Send due deliveries of a connection, now. */
  readonly wakeSender: (connectionId: string) => void;
}

/** A write to a CRM or Slack, queued in the lane's transaction. Payloads hold ids and codes, no personal data. */
export type NewDelivery = {
  readonly connectionId: string;
  /** Live work goes before back-fill. */
  readonly priority: 'live' | 'backfill';
  /** Goes before the others of its priority. */
  readonly urgent?: boolean;
  readonly assignmentId: string | null;
  /** The assignment's version this write belongs to: a newer one supersedes it. */
  readonly version: number;
  /** Deliveries with the same key go out in order; of owner writes and Slack refreshes only the newest is sent. */
  readonly key: string;
  /** Not to be sent before this instant; absent: at once. */
  readonly dueAt?: number;
} & DeliveryBody;

/** What is to be written. Closed union: every sender handles each kind it can be given. */
export type DeliveryBody =
  | {
      /** Owner (and the reason) onto the record. `ownerId`: the vendor's owner id, already resolved. */
      readonly kind: 'owner_write';
      readonly body: {
        readonly record: RecordRef;
        readonly ownerId: string;
        readonly decisionId: string;
        /** The owner seen at the decision; anything else found at sending time is somebody's choice. */
        readonly expectedOwnerId: string | null;
        /** Owners that stand for ours: what a twin record's owner becomes through a sync between CRMs. */
        readonly alsoOurs?: readonly string[];
      };
    }
  | {
      readonly kind: 'reason_write';
      readonly body: { readonly record: RecordRef; readonly decisionId: string };
    }
  | {
      readonly kind: 'task';
      readonly body: {
        readonly record: RecordRef;
        readonly ownerId: string;
        readonly decisionId: string;
        /** The day it is due where its owner is, `2026-11-24`; absent: queued before it was kept. */
        readonly dueOn?: string;
        /** Absent: the lead is theirs. Else it is about an SLA of the lead. */
        readonly sla?: SlaTask;
      };
    }
  | {
      /** Completes a blocked HubSpot workflow action. Sent only after the HTTP reply is flushed (`dueAt`). */
      readonly kind: 'callback';
      readonly body: { readonly callbackId: string; readonly decisionId: string };
    }
  | {
      /** Posts the offer card (or, for a direct assignment, the notice) to one rep. */
      readonly kind: 'slack_card';
      readonly body: { readonly repId: string; readonly slackUserId: string; readonly assignmentId: string };
    }
  | {
      /** Redraws every posted copy of an assignment's card from its present state. */
      readonly kind: 'slack_refresh';
      readonly body: { readonly assignmentId: string };
    }
  | {
      /** Reminds one rep, shortly before it ends, of an offer they have not answered. */
      readonly kind: 'slack_reminder';
      readonly body: { readonly repId: string; readonly slackUserId: string; readonly assignmentId: string };
    }
  | {
      /** Tells a rep, or their manager, that an SLA of a lead runs out, or has. */
      readonly kind: 'slack_sla';
      readonly body: {
        readonly repId: string;
        readonly slackUserId: string;
        readonly assignmentId: string;
        readonly clockId: string;
        /** Which of the clock's steps. */
        readonly step: number;
        readonly to: 'rep' | 'manager';
      };
    }
  | {
      /** Draws a rep's Home as it stands now. */
      readonly kind: 'slack_home';
      readonly body: { readonly repId: string; readonly slackUserId: string };
    }
  | { readonly kind: 'slack_alert'; readonly body: { readonly alertId: string } }
  | {
      /** Makes the lead's record in the CRM it enters. Who is to own it is asked for when it is sent. */
      readonly kind: 'enter';
      readonly body: {
        readonly leadId: string;
        /** Who was to own it as this was queued: one of ours, should the record turn up with them. */
        readonly ownerId: string | null;
        /** An earlier delivery may have made it. */
        readonly mayExist: boolean;
      };
    }
  | {
      /** Writes what a caller gave for a lead onto its record, where that holds nothing. */
      readonly kind: 'fill';
      readonly body: {
        readonly leadId: string;
        /** null: the one that is being made of the lead. */
        readonly record: RecordRef | null;
        readonly snapshotId: string;
      };
    }
  | {
      /** Turns the record into what its CRM makes of a lead that somebody works on, with that rep as the owner. */
      readonly kind: 'convert';
      readonly body: { readonly record: RecordRef; readonly ownerId: string; readonly decisionId: string };
    };

/** An SLA that a task is about. `id`: of the task, by which it is known again; `dueAt`: epoch milliseconds. */
export interface SlaTask {
  readonly id: string;
  readonly name: string;
  readonly until: 'claimed' | 'first_activity' | 'condition';
  readonly dueAt: number | null;
  readonly to: 'rep' | 'manager';
}

export type DeliveryKind = DeliveryBody['kind'];

/** A stored delivery as its sender gets it. */
export type Delivery = DeliveryBody & {
  readonly id: string;
  readonly tenantId: string;
  readonly connectionId: string;
  readonly assignmentId: string | null;
  readonly version: number;
  readonly key: string;
  /** Tries so far, this one included. From the second on, an earlier one may have reached the vendor. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Tries that failed by the delivery's own fault. */
  readonly failures: number;
  /** Owner writes: the owners Fairlead itself last put, or may have put, on the record. */
  readonly ours?: readonly string[];
  /** Whether it, or an earlier one of its key, was tried: something of ours may be there already. Absent: not known. */
  readonly triedBefore?: boolean;
};

/** How one delivery ended. `retry` waits at least `afterMs`; `refused` needs a person and says what to do. */
export type DeliveryResult =
  | { readonly outcome: 'done'; readonly detail?: Readonly<Record<string, string>> }
  | { readonly outcome: 'refused'; readonly code: string; readonly remedy: string }
  | { readonly outcome: 'retry'; readonly afterMs: number | null; readonly code: string }
  /** The record's owner is neither the expected one nor ours: somebody's choice, kept. */
  | { readonly outcome: 'overtaken'; readonly ownerId: string | null };

/** Deliveries taken at once, `most`, where more than `from` of a kind are due. */
export interface Bulk {
  readonly from: number;
  readonly most: number;
}

/** Sends deliveries to one vendor; results in the order given. */
export interface Sender {
  readonly vendor: Vendor;
  /** Batches of one connection that may be sent side by side; absent: one after another. Never two of one record. */
  readonly atOnce?: number;
  /** The most deliveries of one kind that `send` takes at once. */
  readonly batchSize: (kind: DeliveryKind) => number;
  /** Where a kind has a way of its own for very many; null or absent: it has none. */
  readonly bulk?: (kind: DeliveryKind) => Bulk | null;
  /**
   * `until` (epoch ms): the lease's end. No request may start that could last beyond it. Throws AppError
   * `needs_reconnecting` when the vendor refuses the connection's tokens.
   */
  readonly send: (
    connection: ConnectionInfo,
    deliveries: readonly Delivery[],
    until: number,
  ) => Promise<readonly DeliveryResult[]>;
}

/** Access tokens of connections, refreshed before they end. Implemented in `installs`. */
export interface AccessTokens {
  /** A token good for at least another minute. Throws AppError `needs_reconnecting` once the grant is refused. */
  readonly get: (connectionId: string) => Promise<string>;
  /** The vendor refused this token before its time: the next `get` brings another. */
  readonly refused: (connectionId: string, token: string) => Promise<void>;
}

/** Gets new tokens from a vendor. Throws a retryable AppError when the vendor cannot be asked. */
export interface TokenRefresher {
  readonly vendor: Vendor;
  readonly refresh: (refreshToken: string | null, connection: ConnectionInfo) => Promise<RefreshReply>;
  /** Whether a connection's tokens come without a refresh token: the app signs in by itself. Absent: none does. */
  readonly needsNoGrant?: (connection: ConnectionInfo) => boolean;
}

/**
 * `refreshToken` null: the old one stays good. `invalid_grant`: uninstalled or revoked, only a person can reconnect.
 * `app_refused`: the vendor does not know our own app by its id and secret, whatever the connection.
 */
export type RefreshReply =
  | {
      readonly ok: true;
      readonly accessToken: string;
      readonly refreshToken: string | null;
      /** null: not told; it is used until it is refused. */
      readonly expiresInMs: number | null;
      /** What the vendor says anew of the account, to be kept in the connection's settings. */
      readonly settings?: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly code: 'invalid_grant' }
  | { readonly ok: false; readonly code: 'app_refused'; readonly remedy: string };

export interface ConnectionInfo {
  readonly id: string;
  readonly tenantId: string;
  readonly vendor: Vendor;
  /** The vendor's id of the account: HubSpot portal id, Slack team id. */
  readonly externalId: string;
  readonly name: string;
  readonly status: AccountStatus;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the account allowed; absent: not known. */
  readonly scopes?: readonly string[];
}

/** What delivery tells the use cases. Called outside any transaction; each goes through the lane where it writes. */
export interface DeliveryEvents {
  /** The Slack card reached the rep: the offer's clock starts. */
  readonly cardDelivered: (delivery: Delivery, at: number) => Promise<void>;
  /** The rep cannot be reached (unknown user, blocked bot): direct assignment with a task instead. */
  readonly cardUndeliverable: (delivery: Delivery, code: string) => Promise<void>;
  /** A notice of an SLA reaches nobody: a task in the CRM instead. */
  readonly noticeUndeliverable: (delivery: Delivery, code: string) => Promise<void>;
  readonly ownerWritten: (delivery: Delivery) => Promise<void>;
  readonly ownerRefused: (delivery: Delivery, code: string, remedy: string) => Promise<void>;
  readonly ownerOvertaken: (delivery: Delivery, ownerId: string | null) => Promise<void>;
  /** The lead has a record now: we made it, or it stood there already. */
  readonly recordEntered: (delivery: Delivery, entered: EnteredRecord) => Promise<void>;
  readonly entryRefused: (delivery: Delivery, code: string, remedy: string) => Promise<void>;
  readonly converted: (delivery: Delivery) => Promise<void>;
  readonly convertRefused: (delivery: Delivery, code: string, remedy: string) => Promise<void>;
  readonly fillRefused: (delivery: Delivery, code: string, remedy: string) => Promise<void>;
  readonly connectionBroken: (connection: ConnectionInfo, code: string, remedy: string) => Promise<void>;
}

/** `ownerId`: with whom we made it; null: as its CRM gives it, or it `existed`. */
export interface EnteredRecord {
  readonly record: RecordRef;
  readonly existed: boolean;
  readonly ownerId: string | null;
  /** The person's record that we made as well, in CRMs that keep the lead apart from it: it is the same lead's. */
  readonly about?: RecordRef;
}

/** Which CRMs leads that came in elsewhere can enter. Implemented in `crm`. */
export interface EntryDoors {
  /** Whether leads can enter a vendor's CRM. */
  readonly enters: (vendor: Vendor) => boolean;
  /**
   * The record that stands for a person already; null: none. People looked for within 50 ms in one connection go out
   * as one call. Rejects with AppError.
   */
  readonly find: (connectionId: string, person: PersonKey) => Promise<RecordRef | null>;
}

/** Told after each transaction of a lane, for live pages and metrics. Must not throw. */
export interface LaneObserver {
  readonly committed: (event: {
    readonly tenantId: string;
    readonly items: number;
    readonly decisions: number;
  }) => void;
  /** What went wrong without failing a caller. `code`: lower_snake. */
  readonly failed: (event: {
    readonly tenantId: string;
    readonly code: string;
    readonly error: unknown;
  }) => void;
}

/** Something that needs a person. At most one is open per kind and subject. Implemented in `storage/alert-store`. */
export interface Alerts {
  readonly open: (tenantId: string, alert: NewAlert) => Promise<void>;
  readonly close: (tenantId: string, kind: string, subject: string) => Promise<void>;
}

/** `kind`: lower_snake; `subject`: the id of what it is about; `detail`: codes and ids, and `text`, which says what to do. */
export interface NewAlert {
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>> & { readonly text: string };
}

/** How much of a limit is used: by every app of the customer where the vendor counts them together. */
export interface Usage {
  /** What is counted and over what, as one would say it: `calls in 24 hours`. */
  readonly limit: string;
  readonly used: number;
  readonly of: number;
  /** When the count begins again, epoch ms; null: it rolls, or the vendor does not say. */
  readonly resetsAt: number | null;
}
