/** What the HTTP edge needs besides use cases and queries. Implemented elsewhere; joined in `compose.ts`. */
import type { Application } from 'express';
import type { Logger } from 'pino';
import type { AuditLog } from '../assignments/audit/audit-log.ts';
import type { auditLeadsFile } from '../assignments/audit-leads.ts';
import type { DeadLetter } from '../assignments/delivery-ports.ts';
import type { ConfirmPeople } from '../assignments/first-steps/confirm-people.ts';
import type { FoundPeople } from '../assignments/first-steps/found-people.ts';
import type { GoLive } from '../assignments/first-steps/go-live.ts';
import type { FirstPolicy, ProposeFirstPolicy } from '../assignments/first-steps/propose-first-policy.ts';
import type { ComparisonView } from '../assignments/first-steps/read-comparison.ts';
import type { Steps } from '../assignments/first-steps/read-steps.ts';
import type { GrantedAccount, Installs, WantedScope } from '../assignments/install-ports.ts';
import type { ApiKeys } from '../assignments/key-ports.ts';
import type { LeftStep } from '../assignments/leave-ports.ts';
import type { EndWorkspace } from '../assignments/lifecycle/end-workspace.ts';
import type { Exports, KeptData, Workspaces } from '../assignments/lifecycle/ports.ts';
import type { People } from '../assignments/people-ports.ts';
import type { ConnectionInfo, Usage } from '../assignments/ports.ts';
import type { Queries } from '../assignments/queries.ts';
import type { createReplays } from '../assignments/replay-decisions.ts';
import type { SignIns } from '../assignments/sign-in-ports.ts';
import type { PastSimulation, SimulatePolicy } from '../assignments/simulate-policy.ts';
import type { GivenFields, RecordRef, RecordSnapshot, Vendor } from '../assignments/types.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { FieldProblem } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Permission } from '../base/permissions.ts';
import type { Role } from '../base/roles.ts';
import type { PayloadRecord } from '../crm/salesforce/snapshot-from-payload.ts';
import type { Inbox } from '../inbox/create-inbox.ts';
import type { HubspotObject } from './hubspot/action-request.ts';
import type { Limits } from './limits/create-limits.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Metrics } from './metrics.ts';

/** Who calls, as proven by an API key or a session. */
export interface Caller {
  readonly tenantId: string;
  /** Named in what they publish: `key:<name>`, `person:<id>`, or `console` for a browser on the service's machine. */
  readonly subject: string;
  readonly may: ReadonlySet<Permission>;
  /** null: an API key. */
  readonly session: CallerSession | null;
}

/** A browser that is signed in. */
export interface CallerSession {
  readonly token: string;
  readonly role: Role;
  /** null: a browser on the service's own machine. */
  readonly person: { readonly id: string; readonly name: string; readonly email: string | null } | null;
  /** When they proved who they are. Milliseconds since 1970. */
  readonly provenAt: number;
}

/** What a browser is to keep of its session. */
export interface OpenedSession {
  readonly token: string;
  readonly lastsMs: number;
}

/** Keys and sessions. Both are stored as hashes. */
export interface Access {
  readonly byApiKey: (key: string) => Promise<Caller | null>;
  readonly bySession: (token: string) => Promise<Caller | null>;
  /** Opens a session in the bootstrap tenant for a browser on this machine; null when there is no such tenant. */
  readonly openLocalSession: () => Promise<OpenedSession | null>;
  /**
   * Opens one for somebody who signed in; null: they may not any more. `agent`: what the browser says it is. `provenAt`:
   * when they proved who they are, as their provider says; null: now.
   */
  readonly openSession: (
    personId: string,
    agent: string | null,
    provenAt: number | null,
  ) => Promise<OpenedSession | null>;
  readonly endSession: (token: string) => Promise<void>;
  readonly endSessionsOf: (personId: string) => Promise<void>;
  /** Roles or people changed: everybody is looked up anew. Other processes see it within seconds. */
  readonly forget: () => void;
  /** The name of the cookie that holds a session. */
  readonly sessionCookie: () => string;
}

/** A CRM account or Slack workspace to be connected, with the tokens it was granted. */
export interface NewConnection extends GrantedAccount {
  readonly vendor: Vendor;
  /** Where the account is connected again: what people chose of it stays, beside settings that say how it is reached. */
  readonly keepsChoices?: true;
}

/** What an import from a CRM found. */
export interface SyncResult {
  readonly people: number;
  readonly matched: number;
  /** E-mail addresses of CRM people who are no rep here. */
  readonly unmatched: readonly string[];
}

/** The connections of tenants; looked up on every request from a vendor, so kept in memory. */
export interface Connections {
  readonly find: (vendor: Vendor, externalId: string) => Promise<ConnectionInfo | null>;
  readonly list: (tenantId: string) => Promise<readonly ConnectionInfo[]>;
  /** Adds or, for the same account, replaces. Throws AppError when the account belongs to another tenant. */
  readonly put: (
    tenantId: string,
    connection: NewConnection,
  ) => Promise<{ readonly id: string; readonly credential?: string }>;
  /**
   * A new credential for an org's code, shown this once; the one before ends after `overlapMs`. Throws AppError
   * `not_found`.
   */
  readonly issueCredential: (tenantId: string, connectionId: string, overlapMs: number) => Promise<string>;
  /** How much of the vendor's limit on calls this process knows to be used. */
  readonly usage: (connection: ConnectionInfo) => Usage | null;
  /**
   * Disconnects an account, and says what is left to do at its vendor: by itself in the background, or by hand. Throws
   * AppError `not_found`.
   */
  readonly leave: (leaving: {
    readonly tenantId: string;
    readonly connectionId: string;
    readonly by: string;
  }) => Promise<readonly LeftStep[]>;
  /** What is left to do so, by connection. */
  readonly left: (tenantId: string) => Promise<ReadonlyMap<string, readonly LeftStep[]>>;
  /** What an account does not allow, and what does not work for it. */
  readonly missingScopes: (connection: ConnectionInfo) => readonly WantedScope[];
  /** Imports people and counts open work. */
  readonly sync: (tenantId: string, connectionId: string) => Promise<SyncResult>;
}

/** Writes that were refused for good. */
export interface RefusedDeliveries {
  /** Newest first. */
  readonly refused: (tenantId: string, limit: number) => Promise<readonly DeadLetter[]>;
  /** Tries one again; false: there is none of that id. */
  readonly retry: (tenantId: string, deliveryId: string) => Promise<boolean>;
}

/** The live policy and the directory, as documents to be edited. */
export interface Documents {
  readonly policy: (
    tenantId: string,
  ) => Promise<{ readonly version: number; readonly document: unknown } | null>;
  readonly reps: (tenantId: string) => Promise<readonly unknown[]>;
  /** What the live policy's fields make of leads' given values: for each the fields that cannot be read. */
  readonly checkFields: (
    tenantId: string,
    leads: readonly GivenFields[],
  ) => Promise<readonly (readonly FieldProblem[])[]>;
}

/** The past, tried and decided again. Reads only. */
export interface Past {
  readonly simulate: (command: SimulatePolicy) => Promise<PastSimulation>;
  readonly replays: ReturnType<typeof createReplays>;
  /** Measures a file of leads; nothing of it is kept. */
  readonly audit: ReturnType<typeof auditLeadsFile>;
}

/** From an account that was just connected to leads that are given. */
export interface FirstSteps {
  readonly steps: (tenantId: string) => Promise<Steps>;
  readonly people: (tenantId: string) => Promise<FoundPeople>;
  readonly confirmPeople: (command: ConfirmPeople) => Promise<{ readonly added: number }>;
  readonly proposePolicy: (command: ProposeFirstPolicy) => Promise<FirstPolicy>;
  readonly comparison: (tenantId: string) => Promise<ComparisonView>;
  readonly goLive: (command: GoLive) => Promise<{ readonly version: number }>;
  /** `messageTo`: whom to send a message in Slack, by e-mail address; null: nobody. */
  readonly test: (
    connection: ConnectionInfo,
    messageTo: string | null,
  ) => Promise<{ readonly ok: boolean; readonly said: string }>;
}

/** What is particular to HubSpot. */
export interface HubspotEdge {
  /** null: the app's client secret is not set, and nothing HubSpot sends can be proven. */
  readonly clientSecret: string | null;
  /** The origin HubSpot signs for, without a trailing slash. */
  readonly publicBaseUrl: () => string;
  /** A snapshot when the payload holds all the tenant's policy reads; undefined: read it from HubSpot. */
  readonly snapshot: (
    connection: ConnectionInfo,
    object: HubspotObject,
  ) => Promise<RecordSnapshot | undefined>;
}

/** What is particular to Salesforce. */
export interface SalesforceEdge {
  /** The connection an org's credential belongs to; null: unknown or revoked. Kept in memory for seconds. */
  readonly connectionOf: (credential: string) => Promise<string | null>;
  /** A snapshot when the request holds all the tenant's policy reads; undefined: read it from Salesforce. */
  readonly snapshot: (
    connection: ConnectionInfo,
    record: PayloadRecord,
  ) => Promise<RecordSnapshot | undefined>;
}

/** What is particular to Pipedrive. */
export interface PipedriveEdge {
  readonly clientId: string | null;
  /** null: the app's client secret is not set, and nothing its panel is asked can be proven. */
  readonly clientSecret: string | null;
  /** The lead that a deal was, or that a person has; null: none, or it cannot be asked for now. */
  readonly leadBehind: (connection: ConnectionInfo, record: RecordRef) => Promise<RecordRef | null>;
  /** The user whose installation the connection is removed the app, at an instant. Whether that ended it: a later one stands. */
  readonly uninstalled: (connection: ConnectionInfo, at: number) => Promise<boolean>;
}

/** How vendors who sign nothing prove what they push: by a secret of the connection's own. */
export interface PushEdge {
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
  readonly holds: (connectionId: string, secret: string) => boolean;
}

/** Whether the process takes work. */
export interface Readiness {
  /** Aborted once the process drains: it takes no more work, and streams end. */
  readonly draining: AbortSignal;
  /** Rejects when the database does not answer. */
  readonly checkDatabase: () => Promise<void>;
}

/** How long a tenant's data is kept, its export, and its end. */
export type Lifecycle = Pick<KeptData, 'retention' | 'setRetention' | 'erasures'> &
  Pick<Workspaces, 'find'> &
  Pick<EndWorkspace, 'ask' | 'takeBack'> &
  Exports;

export interface HttpParts {
  readonly lifecycle: Lifecycle;
  readonly installs: Installs;
  readonly signIns: SignIns;
  readonly people: People;
  readonly useCases: UseCases;
  readonly queries: Queries;
  readonly access: Access;
  readonly keys: ApiKeys;
  readonly audit: AuditLog;
  readonly limits: Limits;
  readonly connections: Connections;
  readonly documents: Documents;
  readonly past: Past;
  readonly firstSteps: FirstSteps;
  readonly deliveries: RefusedDeliveries;
  readonly hubspot: HubspotEdge;
  readonly salesforce: SalesforceEdge;
  readonly pipedrive: PipedriveEdge;
  readonly pushes: PushEdge;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly readiness: Readiness;
  readonly live: LiveFeed;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  /** Mounts Slack's receiver; called before any body parser. */
  readonly mountSlack?: (app: Application) => void;
  /** A browser on this machine is signed in to the bootstrap tenant. */
  readonly localSignIn: boolean;
  /** How many proxies stand before the service and say whom they speak for. */
  readonly trustedProxies: number;
  /** The built console's folder. */
  readonly consoleDir: string;
}
