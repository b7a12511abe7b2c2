/**
 * What we hold true of Dynamics 365 Sales (Dataverse), in one place so that a correction is one line. Sources: [doc]
 * Microsoft's pages on the Web API, its limits and its webhooks. What nobody has yet seen in a live environment is
 * marked `@unverified`; docs/verify-live.md says how to check each.
 */

import type { NativeOutcome } from '../../assignments/types.ts';
import type { PersonFields } from '../to-person.ts';

/** Below an environment's address [doc]. */
export const API_PATH = '/api/data/v9.2';

/** @unverified LOGIN_HOSTS Login hosts of the public cloud, US Government and China. */
export const LOGIN_HOSTS: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
]);

/**
 * @unverified ENVIRONMENT_HOSTS Hosts records may be asked of: an environment of any region, its API's own name, and
 * the clouds of US Government and China.
 */
export const ENVIRONMENT_HOSTS =
  /^[a-z0-9-]+(\.api)?\.(crm\d*\.dynamics\.com|crm\d*\.dynamics\.cn|crm\.microsoftdynamics\.us|crm\.appsplatform\.us)$/;

/** Headers of every call [doc]. */
export const ODATA_HEADERS = {
  accept: 'application/json',
  'odata-maxversion': '4.0',
  'odata-version': '4.0',
} as const;

/** `error` with which a token is refused until an administrator acts; a wrong secret of ours is not among them [doc]. */
export const REFUSED_GRANTS: ReadonlySet<string> = new Set([
  'invalid_grant',
  'unauthorized_client',
  'invalid_resource',
  'consent_required',
  'interaction_required',
]);

/** What it says where our own app's secret is wrong or outdated [doc]. */
export const REFUSED_APP = 'invalid_client';

/** @unverified NO_TABLE An environment without Sales has no leads: a 404 with this code, by the name of the table. */
export const NO_TABLE = /Resource not found for the segment/i;
/**
 * Owners the platform refuses. @unverified OWNER_REFUSALS The words for people who are disabled or have no licence, and
 * for teams without a role that reads the table.
 */
export const OWNER_REFUSALS = {
  person: /user is disabled|does not have a license|disabled user/i,
  team: /principal team|team .*(role|privilege)/i,
} as const;

/** @unverified NOT_A_MEMBER The application user was removed or disabled: a 403 with this code. */
export const NOT_A_MEMBER = '0x80072560';

/**
 * The limits of one user within five minutes [doc], and how much of them is ours: other processes and servers sign in
 * as the same user. Requests are counted here, execution time and concurrency kept low by small batches.
 */
export const USER_LIMIT = 6_000;
export const REQUEST_LIMIT = { calls: 4_800, windowMs: 300_000 } as const;
/** Calls that each kind of ours leaves for those that people wait for. */
export const RESERVE = { background: 2_000, delivery: 800, read: 0 } as const;
/** Requests under way at once, of the 52 a user may have [doc]. */
export const IN_FLIGHT = 12;

/** Records read in one call: their ids fit into an address of 32 KB [doc]. */
export const READ_LIMIT = 100;
/** Writes taken at once, in batches that run side by side: Microsoft advises to begin at ten a batch [doc]. */
export const WRITE_LIMIT = 100;
export const BATCH_SIZE = 10;
/** Such writes under way at once; their batches share `IN_FLIGHT`. */
export const BATCHES_AT_ONCE = 2;
/** Rows of one page, the most there are [doc]. */
export const PAGE_SIZE = 5_000;

/** @unverified TAG `tag` on a write's address: webhooks show it among SharedVariables under this name. */
export const TAG = 'fairlead';

/** Annotations we ask for: the table a lookup points at, and what people see of a choice [doc]. */
export const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';
export const FORMATTED = 'OData.Community.Display.V1.FormattedValue';

/** A table leads may stand on. Columns by logical name. */
export interface TableFacts {
  readonly entitySet: string;
  readonly primaryId: string;
  /** Whether its records merge and keep whom into, and qualify. */
  readonly merges: boolean;
  readonly converts: boolean;
  readonly person: PersonFields;
}

/** @unverified LEAD_COLUMNS Columns and states of leads, contacts, accounts and opportunities, from memory. */
export const TABLES: Readonly<Record<string, TableFacts>> = {
  lead: {
    entitySet: 'leads',
    primaryId: 'leadid',
    merges: true,
    converts: true,
    person: {
      name: ['fullname'],
      company: ['companyname'],
      email: ['emailaddress1'],
      phone: ['telephone1', 'mobilephone'],
      source: ['leadsourcecode'],
      message: ['description'],
    },
  },
  contact: {
    entitySet: 'contacts',
    primaryId: 'contactid',
    merges: false,
    converts: false,
    person: {
      name: ['fullname'],
      company: [],
      email: ['emailaddress1'],
      phone: ['telephone1', 'mobilephone'],
      source: [],
      message: ['description'],
    },
  },
  account: {
    entitySet: 'accounts',
    primaryId: 'accountid',
    merges: false,
    converts: false,
    person: {
      name: ['name'],
      company: ['name'],
      email: ['emailaddress1'],
      phone: ['telephone1'],
      source: [],
      message: ['description'],
    },
  },
  opportunity: {
    entitySet: 'opportunities',
    primaryId: 'opportunityid',
    merges: false,
    converts: false,
    person: { name: ['name'], company: [], email: [], phone: [], source: [], message: ['description'] },
  },
};

/** `statecode` of a lead [doc]. */
export const LEAD_STATES = { open: 0, qualified: 1, disqualified: 2 } as const;
/** @unverified QUALIFIED_STATUS `Status` that QualifyLead takes: the reason "Qualified". */
export const QUALIFIED_STATUS = 3;

/** Columns of Fairlead's solution on the table, where it is installed. */
export const REASON_COLUMNS = {
  reason: 'fairlead_reason',
  decision: 'fairlead_decision',
  rule: 'fairlead_rule',
  pool: 'fairlead_pool',
  decidedAt: 'fairlead_decidedat',
} as const;
/** Characters the reason's column, and a note, hold. */
export const REASON_LENGTH = 32_000;

/** Standard values of a task [doc]. */
export const TASK_PRIORITY_HIGH = 2;

/** @unverified BIND_NAMES How notes and tasks are bound to their record. */
export const bindNames = (table: string) => ({
  note: `objectid_${table}@odata.bind`,
  task: `regardingobjectid_${table}_task@odata.bind`,
});

/** What a webhook is registered with [doc]: the secret comes back as `code` in the address. */
export const WEBHOOK = { contract: 8, authtype: 4, messageformat: 2 } as const;
export const STEP = { mode: 1, stage: 40, rank: 1, supporteddeployment: 0, asyncautodelete: true } as const;
/** Messages we listen to, on leads. */
export const MESSAGES = ['Create', 'Update', 'Delete', 'Merge'] as const;
/** Columns whose change is pushed; others, a customer's own among them, are found by looking. */
export const PUSHED_COLUMNS: readonly string[] = [
  'ownerid',
  'statecode',
  'statuscode',
  'firstname',
  'lastname',
  'companyname',
  'emailaddress1',
  'telephone1',
  'mobilephone',
  'websiteurl',
  'address1_city',
  'address1_stateorprovince',
  'address1_postalcode',
  'address1_country',
  'industrycode',
  'numberofemployees',
  'revenue',
  'leadsourcecode',
  'leadqualitycode',
  'campaignid',
];

/** A system job that failed: a push that never arrived [doc]. */
export const JOB_FAILED = 31;

/** Delta links end after seven days, or as the organization says [doc]: a refused one begins anew. */
export const LOOK_EVERY_MS = 60_000;

/** Days of a calendar that are read: long enough for a weekday without time off to be among them. */
export const CALENDAR_DAYS = 28;
/** A calendar's stretches between two instants: a function bound to it [doc]. */
export const expandCalendar = (calendarId: string, from: number, to: number): string => {
  const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
  return `calendars(${calendarId})/Microsoft.Dynamics.CRM.ExpandCalendar(Start=@s,End=@e)?@s=${instant(from)}&@e=${instant(to)}`;
};
/**
 * Stretches that are work, and those of `Unavailable` that are time off rather than the hours outside of work.
 * @unverified CALENDAR_CODES Which `SubCode` time off and the business's closures have.
 */
export const WORK_CODES: ReadonlySet<string> = new Set(['Available', 'Busy']);
export const AWAY_CODES: ReadonlySet<string> = new Set(['Vacation', 'Holiday']);

/** `teamtype` of teams that may own records [doc]. */
export const OWNER_TEAM = 0;

/** @unverified ROUTING_RUNS The table in which Sales' own assignment rules note what they did; not there in every environment. */
export const ROUTING_RUNS = 'msdyn_salesroutingruns';

/** @unverified ROUTING_OUTCOMES What a run's `statuscode` says, as Microsoft's page of that table lists them. */
export const ROUTING_OUTCOMES: ReadonlyMap<number, NativeOutcome> = new Map([
  [1, 'in_progress'],
  [2, 'owner_assigned'],
  [3, 'server_issue'],
  [4, 'no_condition_met'],
  [5, 'no_seller_meets_conditions'],
  [6, 'no_availability'],
  [7, 'no_capacity'],
  [8, 'no_rule'],
  [9, 'assigned_by_hand'],
  [10, 'missing_privileges'],
  [11, 'too_old'],
  [12, 'several_teams'],
  [13, 'no_team'],
  [14, 'several_queues'],
  [15, 'no_queue'],
]);
