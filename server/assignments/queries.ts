import type { PostedEntry } from '../routing/ledger/ledger-lines.ts';
import type { Looker } from './permissions.ts';
import type { PoolFairness, PoolLags } from './pool-fairness.ts';
import type { ConnectionInfo } from './ports.ts';
import type { RepHome } from './rep-home.ts';
import type { LeadPerson, RecordRef } from './types.ts';
import type {
  DecisionView,
  ExplanationView,
  NamedRef,
  OfferCard,
  RecordCard,
  SlaNotice,
  WhyNotView,
} from './views.ts';

/** Reads for people and programs: never inside the lane, never locking. Implemented in `storage/queries`. */
export interface Queries {
  readonly decision: (tenantId: string, decisionId: string) => Promise<DecisionView | null>;
  /** Those of the named decisions that there are, by id, read at once. */
  readonly decisionsById: (
    tenantId: string,
    decisionIds: readonly string[],
  ) => Promise<ReadonlyMap<string, DecisionView>>;
  /** Newest first. `after` is the cursor a previous page returned. */
  readonly decisions: (
    tenantId: string,
    page: DecisionPage,
  ) => Promise<{ items: readonly DecisionSummary[]; next: string | null }>;
  readonly explanation: (tenantId: string, decisionId: string) => Promise<ExplanationView | null>;
  /** Why one rep was not whom a decision chose; `no_rep`: nobody of that id is or was a rep. */
  readonly whyNot: (
    tenantId: string,
    decisionId: string,
    repId: string,
  ) => Promise<WhyNotView | 'no_rep' | null>;
  readonly offerCard: (tenantId: string, assignmentId: string, repId: string) => Promise<OfferCard | null>;
  /** What is to be told of an SLA's clock to a rep; null: there is no such clock. */
  readonly slaNotice: (
    tenantId: string,
    asked: { readonly assignmentId: string; readonly clockId: string; readonly repId: string },
  ) => Promise<SlaNotice | null>;
  /** Who a person of a CRM is here, by the user id they sign in to it with. */
  readonly looker: (connection: ConnectionInfo, userId: string | null) => Promise<Looker>;
  /** What a card on a CRM record shows; of a record nothing is known of, a card without a lead. */
  readonly recordCard: (tenantId: string, asked: RecordCardAsked) => Promise<RecordCard>;
  /** What a rep sees of themselves; null: there is no such active rep. */
  readonly repHome: (tenantId: string, repId: string) => Promise<RepHome | null>;
  /** What people changed in a pool's ledger, newest first. */
  readonly adjustments: (
    tenantId: string,
    asked: { readonly pool: string; readonly limit: number },
  ) => Promise<readonly AdjustmentView[]>;
  readonly overview: (tenantId: string) => Promise<Overview>;
  /** How fairly a pool shared its leads, added up from its ledger; null: there is no such pool. */
  readonly poolFairness: (tenantId: string, poolId: string) => Promise<PoolFairness | null>;
  /** How its lags went over time. null: as above. */
  readonly poolLags: (tenantId: string, poolId: string) => Promise<PoolLags | null>;
  /** A pool's ledger, oldest first, some thousand entries at a time. */
  readonly poolEntries: (tenantId: string, poolId: string) => AsyncIterable<readonly PostedEntry[]>;
  /**
   * Decisions made, or whose assignment changed, after `since`; oldest first, at most the newest `limit` of them.
   * Without `since`: none, and where the tenant stands now.
   */
  readonly changes: (tenantId: string, since: ChangeCursor | null, limit: number) => Promise<Changes>;
  /** Leads on their way into a connection's CRM, by lead id: those that are open, as they are to be made there now. */
  readonly leadsToEnter: (
    connection: ConnectionInfo,
    leadIds: readonly string[],
  ) => Promise<ReadonlyMap<string, EnteringLead>>;
  /** What callers gave, by snapshot id, as text by the source of the connection's CRM; none of what was erased. */
  readonly valuesGiven: (
    connection: ConnectionInfo,
    snapshotIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
}

/** What somebody changed in a pool's ledger by hand. `leads`: what the rep was credited, below zero debited. */
export interface AdjustmentView {
  readonly id: string;
  readonly at: string;
  readonly rep: NamedRef;
  readonly kind: 'credit' | 'debit' | 'skip' | 'junk';
  readonly leads: number;
  /** Of a skip: what becomes of the turn; `none`: it is not passed any more. */
  readonly skip: 'keep' | 'lose' | 'none' | null;
  readonly reason: string | null;
  /** A rep's name, `key:<name>`, `console`, or `policy`. */
  readonly by: string;
  readonly assignment: string | null;
  readonly decision: string | null;
}

/** A lead as it is to be made in a CRM. */
export interface EnteringLead {
  readonly person: LeadPerson;
  /** As text by the CRM's source (`Lead.Country`). */
  readonly values: Readonly<Record<string, string>>;
  /** Who is to own it there now; null: whoever the CRM gives it to. */
  readonly ownerId: string | null;
  readonly decision: DecisionView;
  /** The record in that connection that the lead came to stand on meanwhile. */
  readonly record: RecordRef | null;
}

export interface RecordCardAsked {
  /** A record, or the assignment it belongs to. */
  readonly about: { readonly record: RecordRef } | { readonly assignmentId: string };
  readonly looker: Looker;
  /** The looker's language and zone; a zone of null is the rep's, else the policy's. */
  readonly reader: { readonly language: string; readonly timezone: string | null };
}

/** How far a reader of changes has come: the last sequence numbers of decisions and of assignment events it has seen. */
export interface ChangeCursor {
  readonly decision: number;
  readonly event: number;
}

export interface Changes {
  readonly items: readonly DecisionSummary[];
  readonly cursor: ChangeCursor;
}

export interface DecisionPage {
  readonly limit: number;
  readonly after: string | null;
  /** Only decisions stored after this sequence number: the live page's tail. */
  readonly since?: number;
  readonly record?: { connectionId: string; objectType: string; recordId: string };
}

/** A decision in a list: the view plus who the lead is, and where it stands now. */
export type DecisionSummary = DecisionView & {
  readonly seq: number;
  readonly source: string;
  readonly person: {
    readonly name: string | null;
    readonly company: string | null;
    readonly url: string | null;
  } | null;
} & Pick<ExplanationView, 'state' | 'current'>;

/** What the live page draws. Shares and lags are in leads (not millionths). */
export interface Overview {
  readonly tenant: {
    readonly name: string;
    readonly mode: 'live' | 'log_only';
    readonly paused: boolean;
    readonly policyVersion: number;
  };
  readonly counts: {
    readonly decidedToday: number;
    readonly openOffers: number;
    readonly waiting: number;
    readonly inQueues: number;
    readonly deliveriesPending: number;
    readonly deliveriesRefused: number;
  };
  /** Clocks of SLAs: those that run, of these the overdue, and today's. Absent: no SLA was ever asked for. */
  readonly slas?: {
    readonly running: number;
    readonly overdue: number;
    readonly metToday: number;
    readonly missedToday: number;
    /** Of those met or missed today, how many of a hundred were met in time; null: none was. */
    readonly metPercent: number | null;
  };
  /** Decisions per minute over the last hour, oldest first. */
  readonly perMinute: readonly { readonly at: string; readonly decided: number }[];
  readonly pools: readonly {
    readonly id: string;
    readonly name: string;
    readonly worstLag: number;
    readonly members: readonly {
      readonly rep: NamedRef;
      readonly weight: number;
      readonly received: number;
      readonly lag: number;
      readonly open: number;
      /** `available`, or why not. */
      readonly availability: string;
      /** Their next turn is to be passed: it comes back, or is lost; null: it is not. */
      readonly skip: 'keep' | 'lose' | null;
      /** Whose turn on call they take, who is not there. */
      readonly standsInFor?: NamedRef;
    }[];
  }[];
  /** `url` opens the account itself, where the connection's settings name it (`settings.url`). */
  readonly connections: readonly {
    readonly id: string;
    readonly vendor: string;
    readonly name: string;
    readonly status: string;
    readonly url: string | null;
  }[];
  readonly alerts: readonly {
    readonly id: string;
    readonly kind: string;
    readonly text: string;
    readonly since: string;
  }[];
}
