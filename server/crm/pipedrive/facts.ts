/**
 * What we hold true of Pipedrive, in one place so that a correction is one line. Sources: [doc] its developer pages and
 * API reference; [sdk] the types of its own client library. What nobody has yet seen in a live company is marked
 * `@unverified`; docs/verify-live.md says how to check each.
 */

import { pathSegment } from '../call/path-segment.ts';

/** Where people allow the app and tokens are had [doc]. */
export const OAUTH_URL = 'https://oauth.pipedrive.com';

/** Hosts tokens and records may be asked of: a company's own, as `api_domain` names it [doc]. */
export const PIPEDRIVE_HOSTS = /^[a-z0-9][a-z0-9-]*\.pipedrive\.com$/;

/** Paths below the company's address. Leads, users, notes and webhooks are version 1 only, the rest version 2 only [sdk]. */
export const PATHS = {
  token: '/oauth/token',
  authorize: '/oauth/authorize',
  revoke: '/oauth/revoke',
  me: '/v1/users/me',
  leads: '/v1/leads',
  lead: (id: string) => `/v1/leads/${pathSegment(id)}`,
  archivedLeads: '/v1/leads/archived',
  users: '/v1/users',
  /** @unverified TEAMS Which plans have them, and that `users` are ids. */
  teams: '/v1/legacyTeams',
  notes: '/v1/notes',
  note: (id: number) => `/v1/notes/${id}`,
  webhooks: '/v1/webhooks',
  webhook: (id: number) => `/v1/webhooks/${id}`,
  persons: '/api/v2/persons',
  person: (id: string) => `/api/v2/persons/${pathSegment(id)}`,
  searchPersons: '/api/v2/persons/search',
  organizations: '/api/v2/organizations',
  organization: (id: string) => `/api/v2/organizations/${pathSegment(id)}`,
  searchOrganizations: '/api/v2/organizations/search',
  deals: '/api/v2/deals',
  deal: (id: string) => `/api/v2/deals/${pathSegment(id)}`,
  activities: '/api/v2/activities',
  dealFields: '/api/v2/dealFields',
  personFields: '/api/v2/personFields',
  organizationFields: '/api/v2/organizationFields',
  convert: (id: string) => `/api/v2/leads/${pathSegment(id)}/convert/deal`,
  conversion: (id: string, job: string) =>
    `/api/v2/leads/${pathSegment(id)}/convert/status/${pathSegment(job)}`,
} as const;

/** Things of one kind that `ids` of version 2 names at once [sdk]. */
export const MOST_IDS = 100;
/** A list of version 2 costs as many tokens as ten single reads [doc]: below that many, single reads are cheaper. */
export const LIST_PAYS_FROM = 10;
/** Rows of a page, in both versions [doc]. */
export const PAGE = 500;

/** A deal says which lead it was only when asked [sdk]. @unverified CONVERTED_OWNER That it has the lead's owner. */
export const DEAL_FIELDS = { include_fields: 'source_lead_id' } as const;

/** Requests of one access token within two seconds: the smallest plan's, until a reply says more [doc]. */
export const BURST = { calls: 80, windowMs: 2_000 } as const;
/** Searches have a window of their own on every plan [doc]. @unverified SEARCH_LAG How soon a new person is found. */
export const SEARCH_BURST = { calls: 10, windowMs: 2_000 } as const;
/** Calls that looking around and deliveries leave in the window for reads somebody waits for. */
export const KEPT_OF_BURST = { background: 0.5, delivery: 0.25, read: 0 } as const;

/**
 * On every reply. `burst` [doc]; `daily`, the company's tokens of the day, over all of its apps.
 * @unverified DAILY_HEADERS Undocumented, seen by other programs; without them our share of the day is not limited.
 */
export const LIMIT_HEADERS = {
  limit: 'x-ratelimit-limit',
  remaining: 'x-ratelimit-remaining',
  reset: 'x-ratelimit-reset',
  dailyLimit: 'x-daily-ratelimit-token-limit',
  dailyRemaining: 'x-daily-ratelimit-token-remaining',
} as const;

/**
 * How far into the company's daily tokens each kind of call may go; the rest is left to the customer's other apps.
 * Reads somebody waits for stop last, looking around by ourselves first.
 */
export const BUDGET = { background: 0.7, delivery: 0.85, read: 0.95 } as const;

/** A 429 of the day ends at midnight of the server; it is asked again this often [doc]. Milliseconds. */
export const DAILY_WAIT_MS = 15 * 60_000;
/** @unverified RESET_SECONDS `x-ratelimit-reset` is taken as seconds; nothing waits longer than this for it. Milliseconds. */
export const LONGEST_BURST_WAIT_MS = 10_000;
/**
 * After a page of the content network instead of JSON, nothing is sent for so long [doc: ignored 429s lead there].
 * @unverified BLOCKED_WAIT How long such a block lasts is not told. Milliseconds.
 */
export const BLOCKED_WAIT_MS = 5 * 60_000;

/** How often the archive is looked at, and what is gone looked for, which cost more. Milliseconds. */
export const ARCHIVED_EVERY_MS = 60 * 60_000;

/** The kinds of records leads stand on. */
export const OBJECT_TYPES = ['lead', 'deal', 'person'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** Records that are taken in by themselves unless the connection's `intake` names others. */
export const USUAL_INTAKE: readonly ObjectType[] = ['lead'];

/**
 * What is registered: every action on each of these [sdk]; lead events exist in version 2 only [doc].
 * @unverified REMOVED_WEBHOOK One that Pipedrive removed for failing is listed with `is_active` 0, or not at all; either
 * way a new one is made.
 */
export const PUSHED_OBJECTS = ['lead', 'deal', 'person', 'user'] as const;
export const PUSH_VERSION = '2.0';
/** The id a merged record lives on under, in the `meta` of its deletion [doc]. @unverified MERGED_TO Seen by nobody here. */
export const MERGED_TO = 'merged_to_id';
/** Where pushes arrive, below our origin. */
export const PUSH_PATH = '/pipedrive/webhooks';

/**
 * Custom fields have keys of 40 hexadecimal digits: beside a lead's own fields, in `custom_fields` of the rest [sdk].
 * @unverified FIELD_CODE That the lists of fields name the key `field_code`, and that a lead's are among those of deals.
 */
export const CUSTOM_KEY = /^[0-9a-f]{40}$/;

/**
 * The field by which a record's note and activity know it, and the flag that pins a note there [sdk].
 * @unverified PINNED_FILTER That a list of notes takes the record and the flag together.
 */
export const POINTERS: Readonly<Record<ObjectType, { readonly field: string; readonly pin: string }>> = {
  lead: { field: 'lead_id', pin: 'pinned_to_lead_flag' },
  deal: { field: 'deal_id', pin: 'pinned_to_deal_flag' },
  person: { field: 'person_id', pin: 'pinned_to_person_flag' },
};

/** A task is an activity; Pipedrive's own "tasks" belong to projects [doc]. @unverified TASK_TYPE Its key in a fresh company. */
export const TASK_TYPE = 'task';

/** Activities that are a person's first word with a lead; our own task, done, is one too. */
export const TALKING = ['call', 'meeting', 'email', 'lunch', TASK_TYPE] as const;

/** The form of `updated_since`: no milliseconds [doc]. */
export const sinceText = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** How often a job of conversion is asked for, and the most times. Milliseconds. */
export const CONVERSION_POLL = { everyMs: 250, most: 60 } as const;

/** What the token endpoint says once an installation has ended [doc]. */
export const REFUSED_GRANT = 'invalid_grant';
/** @unverified SAYS_OWNER How a write refuses an owner who is deactivated. */
export const SAYS_OWNER = /(owner|user)\b.*\b(not active|inactive|deactivated|does not exist)/i;
/** What it says to an app it does not know by its id and secret. @unverified REFUSED_APP By OAuth, not by its pages. */
export const REFUSED_APP = 'invalid_client';
