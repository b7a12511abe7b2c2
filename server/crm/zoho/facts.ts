/**
 * What we hold true of Zoho CRM, in one place so that a correction is one line. Sources: [oas] its OpenAPI files of v8;
 * [doc] its API pages; [sdk] its own SDKs. What nobody has yet seen in a live org is marked `@unverified`;
 * docs/verify-live.md says how to check each.
 */
import { pathSegment } from '../call/path-segment.ts';
import type { PersonFields } from '../to-person.ts';

/** Where people sign in first, whichever data centre they turn out to be of [doc]. */
export const ACCOUNTS_URL = 'https://accounts.zoho.com';

/**
 * The hosts of each data centre [sdk]: the accounts server that is sent the app's secret, the API's domains (production,
 * sandbox, developer) that are sent tokens, and the website. Nothing else ever is.
 */
export const DATA_CENTRES: readonly {
  readonly accounts: string;
  readonly api: string;
  readonly site: string;
}[] = [
  ...['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa'].map((end) => ({
    accounts: `accounts.zoho.${end}`,
    api: `zohoapis.${end}`,
    site: `crm.zoho.${end}`,
  })),
  { accounts: 'accounts.zohocloud.ca', api: 'zohoapis.ca', site: 'crm.zohocloud.ca' },
];
/** What an API domain begins with. */
export const API_PREFIXES = ['www', 'sandbox', 'developer'] as const;

/** Paths below the API domain [oas]. */
const V8 = '/crm/v8';
export const PATHS = {
  records: (module: string) => `${V8}/${module}`,
  deleted: (module: string) => `${V8}/${module}/deleted`,
  upsert: (module: string) => `${V8}/${module}/upsert`,
  related: (module: string, id: string, list: string) => `${V8}/${module}/${pathSegment(id)}/${list}`,
  timeline: (module: string, id: string) => `${V8}/${module}/${pathSegment(id)}/__timeline`,
  convert: (id: string) => `${V8}/Leads/${pathSegment(id)}/actions/convert`,
  massConvert: `${V8}/Leads/actions/mass_convert`,
  coql: `${V8}/coql`,
  users: `${V8}/users`,
  org: `${V8}/org`,
  fields: `${V8}/settings/fields`,
  unavailability: `${V8}/settings/users_unavailability`,
  shifts: `${V8}/settings/business_hours/shift_hours`,
  territories: `${V8}/settings/territories`,
  territoryUsers: (id: string) => `${V8}/settings/territories/${pathSegment(id)}/users`,
  groupsOf: (userId: string) => `${V8}/users/${pathSegment(userId)}/actions/associated_groups`,
  watch: `${V8}/actions/watch`,
} as const;

/** Where tokens are had, below an accounts server [doc]. */
export const TOKEN_PATH = '/oauth/v2/token';
export const AUTH_PATH = '/oauth/v2/auth';
/** @unverified REVOKE_PATH Takes a refresh token back; from memory. */
export const REVOKE_PATH = '/oauth/v2/token/revoke';

/** The scheme of the Authorization header [doc]. */
export const AUTH_SCHEME = 'Zoho-oauthtoken';

/**
 * `error` with which a refresh is refused for good; the status is 200 all the same.
 * @unverified REFUSED_GRANTS From memory.
 */
export const REFUSED_GRANTS: readonly string[] = ['invalid_code', 'invalid_grant'];
/** `error` that speaks of our own client, whatever the grant. @unverified REFUSED_APPS From memory. */
export const REFUSED_APPS: readonly string[] = ['invalid_client', 'invalid_client_secret'];
/**
 * Access tokens one refresh token brings in ten minutes [doc]; beyond them the accounts server refuses for the rest of
 * that time. One is left for a second process that starts meanwhile.
 */
export const TOKENS_AT_MOST = { calls: 9, windowMs: 10 * 60_000 } as const;

/** Territories whose people are read, a credit each an hour; of an org with more, none are. */
export const TERRITORIES_READ = 50;
/**
 * Users whose groups are read, a credit each an hour; of an org with more, none are. Zoho tells of a group which users,
 * roles and territories it is made of, and who is in it only by asking for each user.
 * @unverified GROUPS_OF Whether it tells of groups that somebody is in by their role or territory, too.
 */
export const PEOPLE_WITH_GROUPS = 200;

/** Rows of one write, and ids of one read [doc]. */
export const BATCH_LIMIT = 100;
/** Batches of an org under way at once, a call each: half of `IN_FLIGHT` is left to those who wait for a read. */
export const BATCHES_AT_ONCE = 2;
/** Fields of one read [doc]. */
export const FIELDS_LIMIT = 50;
/** Rows of a page, which a query takes for one credit; and rows that pages reach before a token must go on [doc]. */
export const PAGE = 200;
export const PAGED_ROWS = 2_000;
/** Values of one `in` of a query: @unverified COQL_IN from memory. */
export const COQL_IN = 50;
/** Leads of one mass conversion: @unverified MASS_CONVERT in no description. */
export const MASS_CONVERT = 50;

/** Credits left of the org's day, over all its apps; told only once half of them are used [doc]. */
export const CREDITS_HEADER = 'x-api-credits-remaining';
/**
 * Credits of a rolling day by edition: so many, more for each user, never beyond the most [doc].
 * @unverified EDITIONS The names `license_details.paid_type` has for them.
 */
export const EDITIONS: Readonly<
  Record<string, { readonly base: number; readonly perUser: number; readonly most: number }>
> = {
  free: { base: 5_000, perUser: 0, most: 5_000 },
  standard: { base: 50_000, perUser: 250, most: 100_000 },
  professional: { base: 50_000, perUser: 500, most: 3_000_000 },
  enterprise: { base: 50_000, perUser: 1_000, most: 5_000_000 },
  ultimate: { base: 50_000, perUser: 2_000, most: 5_000_000 },
};
/**
 * How far into the org's daily credits each kind of ours may go; the rest is left to the customer's other apps.
 * Decisions somebody waits for come last, looking around by ourselves first.
 */
export const BUDGET = { background: 0.75, delivery: 0.85, read: 0.95 } as const;
/** Calls at once. The smallest edition allows five over all apps, of heavy ones every edition ten [doc]. */
export const IN_FLIGHT = 4;
/**
 * 429 has no Retry-After. @unverified LIMIT_MESSAGES Which limit it was is told by its message only: one that names neither
 * the day nor its credits is of the moment, as our own budget stops before the day is spent.
 */
export const DAILY_LIMIT = /24.?hour|\b(daily|per day|credits?)\b/i;
export const CONCURRENT_WAIT_MS = 3_000;
export const DAILY_WAIT_MS = 15 * 60_000;

/** An object leads may stand on. Names are API names [oas]. */
export interface ObjectFacts {
  readonly module: string;
  readonly converts: boolean;
  readonly person: PersonFields;
}

const PERSON = {
  name: ['First_Name', 'Last_Name'],
  email: ['Email', 'Secondary_Email'],
  phone: ['Phone', 'Mobile'],
  source: ['Lead_Source'],
  message: ['Description'],
} as const;

/** By the name records go by here. */
export const OBJECTS: Readonly<Record<string, ObjectFacts>> = {
  lead: { module: 'Leads', converts: true, person: { ...PERSON, company: ['Company'] } },
  contact: { module: 'Contacts', converts: false, person: { ...PERSON, company: ['Account_Name'] } },
  account: {
    module: 'Accounts',
    converts: false,
    person: {
      name: ['Account_Name'],
      company: ['Account_Name'],
      email: [],
      phone: ['Phone'],
      source: [],
      message: ['Description'],
    },
  },
  deal: {
    module: 'Deals',
    converts: false,
    person: {
      name: ['Deal_Name'],
      company: ['Account_Name'],
      email: [],
      phone: [],
      source: ['Lead_Source'],
      message: ['Description'],
    },
  },
};

/** @unverified CONVERTED The field that says a lead is converted; such a lead stays, read-only. */
export const CONVERTED_FIELD = 'Converted__s';
/** When a record last changed. */
export const MODIFIED = 'Modified_Time';
/** Leads that are nobody's open work any more: values of the default `Lead_Status`; orgs rename them [doc]. */
export const CLOSED_STATUSES = ['Junk Lead', 'Lost Lead', 'Not Qualified'] as const;

/** Custom fields an administrator makes; where one is missing the reason becomes a note. */
export const REASON_FIELDS = {
  reason: 'Fairlead_Reason',
  decision: 'Fairlead_Decision',
  rule: 'Fairlead_Rule',
  pool: 'Fairlead_Pool',
  decidedAt: 'Fairlead_Decided_At',
} as const;
/**
 * What changes of a record where only its owner is written, the reason beside it.
 * @unverified TOUCHED_FIELDS Names of the fields that Zoho keeps itself, and whether a notification names them.
 */
export const TOUCHED_BY_OWNER_WRITES: ReadonlySet<string> = new Set([
  'Owner',
  'Modified_By',
  'Modified_Time',
  'Last_Activity_Time',
  'Change_Log_Time__s',
  ...Object.values(REASON_FIELDS),
]);
/** Another one, without duplicates: by it a lead enters once however often it is tried. */
export const KEY_FIELD = 'Fairlead_Key';
/** Characters a long text and a short one hold [doc]. */
export const REASON_LENGTH = 32_000;
export const NAME_LENGTH = 255;

/** No workflow, blueprint or approval starts from our writes, so that none gives the lead to somebody else [doc]. */
export const QUIET = { trigger: [] } as const;
/** @unverified THRESHOLD How a write beyond a user's assignment threshold is refused. */
export const THRESHOLD = { code: 'LIMIT_REACHED', message: /threshold/i } as const;

/** Values of a task [doc]. @unverified TASK_MODULE `$se_module` says which module `What_Id` is of. */
export const TASK = { status: 'Not Started', priority: 'High', moduleField: '$se_module' } as const;

/** Events of a channel [oas]: one subscribes to `edit` and is told of `update`. */
export const WATCHED = ['Leads.create', 'Leads.edit', 'Leads.delete'] as const;
/** A channel lives a week at most; without a time, or with one beyond, it lives an hour [doc]. */
export const WATCH_MS = (6 * 24 + 20) * 3_600_000;
/** The code that says: there is no such channel [doc]. */
export const NOT_SUBSCRIBED = 'NOT_SUBSCRIBED';
/** Renewed once less than this is left. */
export const RENEW_MS = 3 * 24 * 3_600_000;

/** @unverified TIMELINE What the timeline calls a call, a meeting and an e-mail, and what people do with them. */
export const ACTIVITY = {
  modules: ['Calls', 'Events', 'Emails'],
  actions: ['added', 'sent', 'completed'],
} as const;
