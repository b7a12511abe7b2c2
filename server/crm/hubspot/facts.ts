import { AssociationTypes } from '@hubspot/api-client';
import { pathSegment } from '../call/path-segment.ts';

/**
 * What we hold true of HubSpot, in one place so that a correction is one line. Sources: [spec] HubSpot's OpenAPI files
 * of version 2026-03; [doc] developers.hubspot.com; [sample] HubSpot's published code samples. What nobody has yet
 * seen in a live account is marked `@unverified`; docs/verify-live.md says how to check each.
 */

/** The dated API version every path names. 2026-09 makes administrators' validation rules refuse writes [doc]. */
const API_DATE = '2026-03';

/** Object types as `RecordRef` names them, with the type ids of pushes and record URLs. */
const TYPE_IDS = {
  /** [doc] */
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  /** @unverified LEAD_TYPE_ID From memory; the association ids of [doc] agree. */
  lead: '0-136',
  /** @unverified USER_TYPE_ID From memory. */
  user: '0-115',
} as const;

/** The API's host, and those of its data centres [doc]. */
export const HUBSPOT_HOSTS = /^api(-[a-z0-9]+)?\.hubapi\.com$/;

/** The path segment of each object type [spec]: deals go by their id there. */
const PATH_SEGMENTS: Readonly<Record<string, string>> = {
  contact: 'contacts',
  company: 'companies',
  deal: '0-3',
  lead: 'leads',
  user: 'users',
};

export const typeIdOf = (objectType: string): string =>
  Object.hasOwn(TYPE_IDS, objectType) ? TYPE_IDS[objectType as keyof typeof TYPE_IDS] : objectType;

/** The object type of a type id (`0-1`) or of a name in any of HubSpot's spellings; null when it is none of ours. */
export const objectTypeOf = (name: string): string | null => {
  const lower = name.toLowerCase();
  for (const [type, id] of Object.entries(TYPE_IDS))
    if (lower === id || lower === type || lower === PATH_SEGMENTS[type]) return type;
  return lower === 'deals' ? 'deal' : null;
};

const segment = (objectType: string): string =>
  Object.hasOwn(PATH_SEGMENTS, objectType) ? PATH_SEGMENTS[objectType]! : pathSegment(objectType);

/** Every path we call [spec]. */
export const PATHS = {
  token: `/oauth/${API_DATE}/token`,
  introspect: `/oauth/${API_DATE}/token/introspect`,
  revoke: `/oauth/${API_DATE}/token/revoke`,
  /** The app takes itself out of the account; of 2026-03 there is none [spec]. */
  uninstall: '/appinstalls/2026-09/external-install',
  object: (type: string, id: string) => `/crm/objects/${API_DATE}/${segment(type)}/${pathSegment(id)}`,
  objects: (type: string) => `/crm/objects/${API_DATE}/${segment(type)}`,
  batchRead: (type: string) => `/crm/objects/${API_DATE}/${segment(type)}/batch/read`,
  batchUpdate: (type: string) => `/crm/objects/${API_DATE}/${segment(type)}/batch/update`,
  batchCreate: (type: string) => `/crm/objects/${API_DATE}/${segment(type)}/batch/create`,
  search: (type: string) => `/crm/objects/${API_DATE}/${segment(type)}/search`,
  associations: (from: string, to: string) =>
    `/crm/associations/${API_DATE}/${segment(from)}/${segment(to)}/batch/read`,
  pipelines: (type: string) => `/crm/pipelines/${API_DATE}/${segment(type)}`,
  owners: `/crm/owners/${API_DATE}`,
  propertyGroups: (type: string) => `/crm/properties/${API_DATE}/${segment(type)}/groups`,
  properties: (type: string) => `/crm/properties/${API_DATE}/${segment(type)}`,
  createProperties: (type: string) => `/crm/properties/${API_DATE}/${segment(type)}/batch/create`,
  completeCallbacks: `/automation/actions/callbacks/${API_DATE}/complete`,
} as const;

/** Sizes [doc]: inputs of one batch call, records of one search page, owners of one page. */
export const BATCH_LIMIT = 100;
/** Batches of an account under way at once: the limits are of calls in time, not of calls at once [doc]. */
export const BATCHES_AT_ONCE = 6;
export const SEARCH_PAGE = 200;
/** A search never pages past this many results [doc]. */
export const SEARCH_REACH = 10_000;
/** @unverified OWNERS_PAGE The documented example is 100; 500 is said to be the most. */
export const OWNERS_PAGE = 100;

/** Marketplace apps with OAuth: 110 requests in 10 s, searches apart; each app of an account has its own [doc]. */
export const REQUEST_LIMIT = { calls: 110, windowMs: 10_000 } as const;
/** Searches: 5 a second per account, over every app of the customer [doc]; one is left to the others. */
export const SEARCH_LIMIT = { requests: 5, windowMs: 1_000, ours: 4 } as const;

/** Response headers that tell the limit in force [doc]. */
export const LIMIT_HEADERS = {
  max: 'x-hubspot-ratelimit-max',
  remaining: 'x-hubspot-ratelimit-remaining',
  intervalMs: 'x-hubspot-ratelimit-interval-milliseconds',
  /** Private apps only; over all of the account's private apps [doc]. */
  daily: 'x-hubspot-ratelimit-daily',
  dailyRemaining: 'x-hubspot-ratelimit-daily-remaining',
} as const;

/** How much of the day's calls, over all of the customer's apps, may be used before ours of each kind wait. */
export const DAILY_SHARES = { read: 0.95, delivery: 0.85, background: 0.75 } as const;
/** The day's limit frees at midnight in the account's zone [doc]; looked for this often. */
export const DAILY_WAIT_MS = 15 * 60_000;
/** The `policyName` of a 429 for the day's limit [doc]. */
export const DAILY_POLICY = 'DAILY';

/** 423 asks to wait at least two seconds [doc]. */
export const LOCKED_WAIT_MS = 2_000;
/** 477: the account moves to another data centre; without a Retry-After we look again this much later. */
export const MIGRATING_WAIT_MS = 10 * 60_000;
/** A 429 of the rolling ten seconds, where no Retry-After came along [doc]. */
export const ROLLING_WAIT_MS = 10_000;
/**
 * @unverified RETRY_AFTER_MS_FROM Retry-After is seconds in HTTP and in HubSpot's 477, milliseconds on its error page
 * for 429. A value from here on is taken for milliseconds: no 429 asks for more than fifteen minutes of seconds.
 */
export const RETRY_AFTER_MS_FROM = 1_000;

/** Properties [doc]. The owner's name is the same on contacts, companies, deals and leads. */
export const OWNER_PROPERTY = 'hubspot_owner_id';
/** When the owner was last set: HubSpot keeps it. @unverified OWNER_SET_AT That leads have it as contacts do. */
export const OWNER_SET_AT = 'hubspot_owner_assigneddate';
export const MERGED_PROPERTY = 'hs_merged_object_ids';
/**
 * @unverified TWIN_PROPERTIES Properties HubSpot's own Salesforce sync keeps on a contact: the ids of the lead or the
 * contact it is kept in step with. An account without that sync has none of them.
 */
export const TWIN_PROPERTIES = { lead: 'salesforceleadid', contact: 'salesforcecontactid' } as const;
export const ID_PROPERTY = 'hs_object_id';
/** When a record was last changed, and before that when it was made: what looks for changes go by. */
export const CHANGED_PROPERTY = {
  contact: 'lastmodifieddate',
  company: 'hs_lastmodifieddate',
  deal: 'hs_lastmodifieddate',
  lead: 'hs_lastmodifieddate',
} as const;
/**
 * Contacts that are somebody's open work, unless the policy says otherwise: internal values of HubSpot's default
 * lifecycle stages [doc]; subscribers are not yet leads, customers and evangelists no longer.
 */
export const OPEN_STAGES = {
  property: 'lifecyclestage',
  values: ['lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity'],
} as const;

/** Lifecycle stages of those whose work is done, and the property that says so of a deal [doc]. */
export const WORKED_STAGES: readonly string[] = ['customer', 'evangelist'];
export const DEAL_CLOSED_PROPERTY = 'hs_is_closed';

/** HubSpot's leads [doc]: a name is required, and a contact. */
export const LEAD = {
  name: 'hs_lead_name',
  pipeline: 'hs_pipeline',
  stage: 'hs_pipeline_stage',
} as const;

interface PipelineStage {
  readonly id: string;
  readonly label: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * @unverified LEAD_STAGES How a lead pipeline's stages tell what they mean: by `metadata`, else by the names of the
 * default ones, *Qualified* and *Unqualified*, which accounts may translate.
 */
export const isQualifiedStage = ({ id, label }: PipelineStage): boolean =>
  /^qualified/i.test(id) || /^qualified/i.test(label);
export const isClosedStage = (stage: PipelineStage): boolean =>
  stage.metadata.isClosed === 'true' ||
  /^(closed|qualified|unqualified)$/i.test(stage.metadata.leadState ?? '') ||
  isQualifiedStage(stage) ||
  /^(unqualified|disqualified)/i.test(stage.id) ||
  /^(unqualified|disqualified)/i.test(stage.label);

/**
 * Properties that name a record's primary record of another type. The contact's is in [doc];
 * @unverified LEAD_PRIMARY_PROPERTIES The lead's are from memory: without them its associations are read, one call more.
 */
export const PRIMARY_PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contact: { company: 'associatedcompanyid' },
  lead: { contact: 'hs_primary_contact_id', company: 'hs_primary_company_id' },
};

/** Where each part of `LeadPerson` is read, per object type, the first that has a value. */
export const PERSON_PROPERTIES = {
  contact: {
    name: ['firstname', 'lastname'],
    company: ['company'],
    email: ['email'],
    phone: ['phone', 'mobilephone'],
    source: ['hs_latest_source', 'hs_analytics_source'],
    message: ['message'],
  },
  company: {
    name: ['name'],
    company: ['name'],
    email: [],
    phone: ['phone'],
    source: ['hs_analytics_source'],
    message: ['description'],
  },
  deal: {
    name: ['dealname'],
    company: [],
    email: [],
    phone: [],
    source: ['hs_analytics_source'],
    message: ['description'],
  },
  /** Who a lead is about is its contact; see to-snapshot.ts. */
  lead: { name: [LEAD.name], company: [], email: [], phone: [], source: [], message: [] },
} as const;

/** Users object [doc]: working times as stringified JSON, the zone, and the id that joins an owner's `userId`. */
export const USER_PROPERTIES = {
  userId: 'hs_internal_user_id',
  outOfOffice: 'hs_out_of_office_hours',
  workingHours: 'hs_working_hours',
  timezone: 'hs_standard_time_zone',
} as const;

/** What Fairlead writes beside the owner, where the account has the properties (made when it connects). */
export const REASON_GROUP = 'fairlead';
export const REASON_PROPERTIES = {
  reason: 'fairlead_reason',
  decision: 'fairlead_decision',
  rule: 'fairlead_rule',
  pool: 'fairlead_pool',
  decidedAt: 'fairlead_decided_at',
} as const;

/** The unique property that holds our id of a lead on the record we made of it. */
export const KEY_PROPERTY = 'fairlead_key';

/** How a contact is known, and what else it is called by [doc]. */
export const CONTACT = {
  email: 'email',
  /** Further addresses, joined by semicolons; a merge leaves those of the merged contact here. */
  otherEmails: 'hs_additional_emails',
  firstName: 'firstname',
  lastName: 'lastname',
  phone: 'phone',
  company: 'company',
  message: 'message',
} as const;
export const COMPANY_DOMAIN = 'domain';
/**
 * @unverified PHONE_SEARCH Numbers as the search index holds them: digits without the country's code [doc, in words],
 * under these names.
 */
export const PHONE_SEARCH = {
  phone: 'hs_searchable_calculated_phone_number',
  mobile: 'hs_searchable_calculated_mobile_number',
} as const;
/**
 * @unverified SAYS_EXISTS How a refusal says that a unique value is taken. The 409 of a contact's address is in [doc], with
 * the other's id; that of a property of one's own is not.
 */
export const SAYS_EXISTS = /already exists|already has that value|CONFLICTING_UNIQUE_VALUE/i;
export const EXISTING_ID = /Existing ID: (\d+)/i;

/** @unverified SAYS_OWNER How a refusal says that an owner is unknown or deactivated. */
export const SAYS_OWNER = /INVALID_OWNER_ID|not a valid owner|owner .*(inactive|deactivated|does not exist)/i;
/** Codes of refused values [doc]; the message names the property. */
export const SAYS_NO_PROPERTY = /PROPERTY_DOESNT_EXIST|Property \W*(\w+)\W* does not exist/i;
export const NAMED_PROPERTY = /Property \W*(\w+)\W* does not exist/i;
/** @unverified SAYS_NO_OBJECT How an account without an object type (leads come with Sales Hub Professional) refuses it. */
export const SAYS_NO_OBJECT = /infer object type/i;

/** Association type ids between the objects that are made of a lead [doc]. */
export const JOINS = {
  contactToCompany: [279, 1],
  leadToContact: [578],
  leadToCompany: [580],
  dealToContact: [3],
  dealToCompany: [5],
  /** @unverified DEAL_TO_LEAD From memory: lead→deal is 1037. */
  dealToLead: [1036],
} as const;

/** Deals [doc]. */
export const DEAL = { name: 'dealname', pipeline: 'pipeline', stage: 'dealstage' } as const;

/** Tasks and notes [doc]; `hs_task_type`, status and priority are enumerations. */
export const TASK = {
  subject: 'hs_task_subject',
  body: 'hs_task_body',
  status: 'hs_task_status',
  priority: 'hs_task_priority',
  type: 'hs_task_type',
  timestamp: 'hs_timestamp',
  owner: OWNER_PROPERTY,
} as const;
export const NOTE = { body: 'hs_note_body', timestamp: 'hs_timestamp' } as const;

/**
 * Association type ids from a task or note to a record: HubSpot's client library has them [sample], but for leads.
 * note→lead 855 is in [doc]; @unverified TASK_TO_LEAD 647 is inferred from lead→task 646.
 */
export const ASSOCIATION_IDS = {
  task: {
    contact: AssociationTypes.taskToContact,
    company: AssociationTypes.taskToCompany,
    deal: AssociationTypes.taskToDeal,
    lead: 647,
  },
  note: {
    contact: AssociationTypes.noteToContact,
    company: AssociationTypes.noteToCompany,
    deal: AssociationTypes.noteToDeal,
    lead: 855,
  },
} as const;

/** Signatures [doc]: a request older than this is refused; so is one from further in the future than a clock drifts. */
export const SIGNATURE_MAX_AGE_MS = 300_000;
export const SIGNATURE_MAX_AHEAD_MS = 60_000;
/** How long a callback that HubSpot does not know yet is tried again: it may answer before our BLOCK is stored. */
export const CALLBACK_UNKNOWN_MS = 60_000;
/** @unverified REFUSED_CLIENT The status that says that the app's id or secret is wrong. */
export const REFUSED_CLIENT = /BAD_CLIENT|INVALID_CLIENT/i;
/** @unverified REFUSED_GRANT The status beside `invalid_grant` that says the app was uninstalled or revoked. */
export const REFUSED_GRANT = 'BAD_REFRESH_TOKEN';
