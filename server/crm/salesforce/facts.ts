/**
 * What we hold true of Salesforce, in one place so that a correction is one line. Sources: [doc] the REST API and object
 * reference guides; [sample] Salesforce's own samples and jsforce. What nobody has yet seen in a live org is marked
 * `@unverified`; docs/verify-live.md says how to check each.
 */
import { pathSegment } from '../call/path-segment.ts';
import type { PersonFields } from '../to-person.ts';

/** Summer '26; a version lives at least three years, a retired one answers 410 [doc]. jsforce's own default is 50.0. */
export const API_VERSION = '67.0';

/** Takes a refresh token back, below the login address [doc]. */
export const REVOKE_PATH = '/services/oauth2/revoke';

/** Named on every call: shown in the org's logs, and in `changeOrigin` of its change events [doc]. */
export const CLIENT_NAME = 'Fairlead';

/** Where people sign in and tokens are had, unless the connection names its own domain [doc]. */
export const LOGIN_URL = 'https://login.salesforce.com';

/** Hosts tokens and records may be asked of: My Domain, sandboxes, government and the two login hosts [doc]. */
export const SALESFORCE_HOSTS = /\.(salesforce\.com|salesforce\.mil|force\.com)$/;

/** The SOAP API, whose `convertLead` REST has no like of [doc]. Takes an OAuth token as its session. */
export const SOAP_PATH = `/services/Soap/u/${API_VERSION}`;

/** Paths below `/services/data/v…` [doc]. */
export const PATHS = {
  query: '/query',
  /** Sees what lies in the recycle bin too: deleted and merged records. */
  queryAll: '/queryAll',
  collections: '/composite/sobjects',
  upsert: (object: string, key: string) => `/composite/sobjects/${object}/${key}`,
  describe: (object: string) => `/sobjects/${pathSegment(object)}/describe`,
  row: (object: string, id: string) => `/sobjects/${object}/${pathSegment(id)}`,
  composite: '/composite',
} as const;

/** Records of one collections call [doc]; read in the same number, which keeps the address below 16 KB. */
export const BATCH_LIMIT = 200;
/** Batches of an org under way at once, a call each: well within `IN_FLIGHT`. */
export const BATCHES_AT_ONCE = 3;

/**
 * On every write [doc]. Without `Sforce-Auto-Assign: FALSE` the org's active assignment rule gives the record to
 * somebody else: the default is TRUE. Duplicate rules must not stop an owner.
 */
export const WRITE_HEADERS = {
  'Sforce-Auto-Assign': 'FALSE',
  /** @unverified DUPLICATE_HEADER The three values, from memory. */
  'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true',
} as const;

/** `api-usage=18/100000` on every reply: the org's calls of the last 24 hours, over all of its apps [doc]. */
export const LIMIT_HEADER = 'sforce-limit-info';

/**
 * How far into the org's daily calls each kind of ours may go; the rest is left to the customer's other apps. Decisions
 * somebody waits for come last, looking around by ourselves first.
 */
export const BUDGET = { background: 0.75, delivery: 0.85, read: 0.95 } as const;

/** Twenty-five calls of twenty seconds and more at once is the org's limit, over all apps [doc]. */
export const IN_FLIGHT = 5;

/** REQUEST_LIMIT_EXCEEDED has no Retry-After: the daily limit frees by the hour, the other in seconds [doc]. */
export const DAILY_WAIT_MS = 15 * 60_000;
/** @unverified CONCURRENT_LIMIT How the message of the limit on long calls begins. */
export const CONCURRENT_LIMIT = /concurrent/i;
export const CONCURRENT_WAIT_MS = 5_000;

/** The Bulk API 2.0 [doc]: worth its several calls for thousands of rows only, and counted apart from the day's calls. */
export const BULK = {
  path: '/jobs/ingest',
  /** Owner writes due for one connection beyond which they go by a job. */
  from: 2_000,
  /** Rows of one job here; Salesforce takes 150 MB, our database fewer at once. */
  most: 5_000,
  /** How soon a job is looked at, and how seldom at most. Milliseconds. */
  firstLookMs: 500,
  mostWaitMs: 4_000,
  /**
   * Left for the abort, the results and the look afterwards. Milliseconds.
   * @unverified BULK_ABORT The results of a job that was aborted may be read like those of one that ended.
   */
  endMs: 15_000,
} as const;

/** Ids of one query, and queries of one composite call [doc]. */
export const IDS_OF_QUERY = 400;
export const QUERIES_AT_ONCE = 5;

/** An object leads may stand on. Names are API names [doc]. */
export interface ObjectFacts {
  readonly api: string;
  /** The first three characters of its ids. */
  readonly prefix: string;
  /** The field of a task that points at it. */
  readonly taskField: 'WhoId' | 'WhatId';
  /** Whether its records merge, and convert. */
  readonly merges: boolean;
  readonly converts: boolean;
  readonly person: PersonFields;
}

/** By the name records go by here. */
export const OBJECTS: Readonly<Record<string, ObjectFacts>> = {
  lead: {
    api: 'Lead',
    prefix: '00Q',
    taskField: 'WhoId',
    merges: true,
    converts: true,
    person: {
      name: ['FirstName', 'LastName'],
      company: ['Company'],
      email: ['Email'],
      phone: ['Phone', 'MobilePhone'],
      source: ['LeadSource'],
      message: ['Description'],
    },
  },
  contact: {
    api: 'Contact',
    prefix: '003',
    taskField: 'WhoId',
    merges: true,
    converts: false,
    person: {
      name: ['FirstName', 'LastName'],
      company: [],
      email: ['Email'],
      phone: ['Phone', 'MobilePhone'],
      source: ['LeadSource'],
      message: ['Description'],
    },
  },
  account: {
    api: 'Account',
    prefix: '001',
    taskField: 'WhatId',
    merges: true,
    converts: false,
    person: {
      name: ['Name'],
      company: ['Name'],
      email: [],
      phone: ['Phone'],
      source: ['AccountSource'],
      message: ['Description'],
    },
  },
  opportunity: {
    api: 'Opportunity',
    prefix: '006',
    taskField: 'WhatId',
    merges: false,
    converts: false,
    person: {
      name: ['Name'],
      company: [],
      email: [],
      phone: [],
      source: ['LeadSource'],
      message: ['Description'],
    },
  },
};

/** Key prefixes of those who may own a record: a user, or a queue (a group) [doc]. */
export const OWNER_PREFIXES = { user: '005', queue: '00G' } as const;

/** When a record last changed, by people or programs. */
export const MODIFIED = 'LastModifiedDate';
/**
 * Leads that are nobody's open work any more, unless the policy says otherwise: values of Salesforce's default
 * `Status` [doc]; orgs rename them.
 */
export const CLOSED_STATUSES = [
  'Closed - Converted',
  'Closed - Not Converted',
  'Qualified',
  'Unqualified',
] as const;

/** Fields of Fairlead's package on the record, where it is installed. */
export const REASON_FIELDS = {
  reason: 'Fairlead_Reason__c',
  decision: 'Fairlead_Decision__c',
  rule: 'Fairlead_Rule__c',
  pool: 'Fairlead_Pool__c',
  decidedAt: 'Fairlead_Decided_At__c',
} as const;

/** Fields of the package by which leads that came in through Fairlead are known again, and lead to their account. */
export const ENTRY_FIELDS = { key: 'Fairlead_Key__c', account: 'Fairlead_Account__c' } as const;

/** Stands where Salesforce requires a value and there is none: what its own web forms and syncs write. */
export const PLACEHOLDER = '[not provided]';

/** Leads of one convertLead call [doc]. */
export const CONVERT_LIMIT = 100;
/** The status of converted leads; an org may have another, which it says itself [doc]. */
export const CONVERTED_STATUS =
  'SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true ORDER BY SortOrder LIMIT 1';

/** The package's own object: one row per decision, by its id. */
export const DECISION_OBJECT = { api: 'Assignment_Decision__c', key: 'Decision_Id__c' } as const;
/** Its fields, as the package has them. */
export const DECISION_FIELDS = {
  record: 'Record_Id__c',
  lead: 'Lead__c',
  assignedTo: 'Assigned_To__c',
  assignedName: 'Assigned_Name__c',
  rule: 'Rule_Name__c',
  pool: 'Pool_Name__c',
  reason: 'Reason__c',
  decidedAt: 'Decided_At__c',
  outcome: 'Outcome__c',
  logOnly: 'Log_Only__c',
} as const;
/** Characters its long text and its names hold. */
export const REASON_LENGTH = 32_000;
export const NAME_LENGTH = 255;

/** Standard values of a task [doc]; orgs may have others. */
export const TASK = { status: 'Not Started', priority: 'High' } as const;

/** Instants come with an offset without a colon, which Date.parse takes. */
const timeIn = (value: unknown): string => String(value ?? '');

/**
 * What people record about a lead [doc]: tasks they completed (logged calls and e-mails are such), meetings they made,
 * e-mails they sent. `soql`: those about leads, the earliest first, since an instant; `timeOf`: when.
 */
export const ACTIVITIES: readonly {
  readonly name: string;
  readonly leadField: string;
  readonly soql: (ids: string, since: string) => string;
  readonly timeOf: (row: Readonly<Record<string, unknown>>) => string;
}[] = [
  {
    name: 'tasks',
    leadField: 'WhoId',
    soql: (ids, since) =>
      `SELECT WhoId, CompletedDateTime FROM Task WHERE WhoId IN ${ids} AND IsClosed = true AND CompletedDateTime >= ${since} AND LastModifiedBy.UserType = 'Standard' ORDER BY CompletedDateTime`,
    timeOf: (row) => timeIn(row.CompletedDateTime),
  },
  {
    name: 'events',
    leadField: 'WhoId',
    soql: (ids, since) =>
      `SELECT WhoId, CreatedDate FROM Event WHERE WhoId IN ${ids} AND CreatedDate >= ${since} AND CreatedBy.UserType = 'Standard' ORDER BY CreatedDate`,
    timeOf: (row) => timeIn(row.CreatedDate),
  },
  {
    // @unverified EMAIL_RELATION An e-mail leads to a lead by this object only; without Enhanced Email it is a task.
    name: 'emails',
    leadField: 'RelationId',
    soql: (ids, since) =>
      `SELECT RelationId, EmailMessage.MessageDate FROM EmailMessageRelation WHERE RelationId IN ${ids} AND EmailMessage.Incoming = false AND EmailMessage.MessageDate >= ${since} AND EmailMessage.CreatedBy.UserType = 'Standard'`,
    timeOf: (row) => timeIn((row.EmailMessage as Record<string, unknown> | null)?.MessageDate),
  },
];

/** @unverified OUT_OF_OFFICE Fields of the object OutOfOffice (API 41 and later); an org without it is asked in vain. */
export const OUT_OF_OFFICE =
  'SELECT UserId, StartDate, EndDate, IsEnabled FROM OutOfOffice WHERE IsEnabled = true';

/** `error` with which a refresh is refused for good: revoked, or the app was removed or blocked [doc]. */
export const REFUSED_GRANTS: readonly string[] = ['invalid_grant', 'inactive_user', 'inactive_org'];

/** Change Data Capture over the Pub/Sub API [doc]. */
export const PUBSUB = {
  topic: '/data/LeadChangeEvent',
  objectType: 'lead',
  /** Events asked for ahead; the most one request may ask for [doc]. */
  atOnce: 100,
  /** An idle stream gives a sign of life within 270 s [doc]. */
  silenceMs: 330_000,
  /** HTTP/2 pings on an open stream, so that a connection that died is noticed. */
  pingMs: 60_000,
  /** The trailer with Salesforce's own error code [doc]. */
  errorCodeTrailer: 'error-code',
  /** How those codes begin [doc]: a token, and a replay id that is corrupt or older than 72 hours. */
  authErrors: 'sfdc.platform.eventbus.grpc.service.auth',
  replayErrors: 'sfdc.platform.eventbus.grpc.subscription.fetch.replayid',
  /**
   * @unverified CDC_OFF An org without Change Data Capture, or with Lead not selected there, is taken to answer NOT_FOUND
   * or PERMISSION_DENIED, or to say in GetTopic that one cannot subscribe.
   */
  /** The org's events of 24 hours are used up [doc]. */
  limitError: 'sfdc.platform.eventbus.grpc.subscription.limit.exceeded',
} as const;

/** `error` with which our own app is refused, whatever the grant: a wrong consumer key or secret [doc]. */
export const REFUSED_APPS: readonly string[] = ['invalid_client', 'invalid_client_id', 'unauthorized_client'];

/** @unverified SCOPE_MESSAGE What a 401 says where the token's scopes lack `api`. */
export const SCOPE_MESSAGE = /not valid for use with the .*API/i;
