import type { ObjectTypeName } from './object-types.ts';
import type { PropertyDefinition } from './types.ts';

/** `string` unless said otherwise. `!` marks a read-only value, `*` a unique one, `@` an owner id. */
type Properties = Readonly<Record<string, string>>;

/** What every stored record has. */
const STORED: Properties = {
  hs_createdate: '!Create date|datetime',
  hs_lastmodifieddate: '!Last modified date|datetime',
  hs_object_id: '!Record ID|number',
};

/** What everything has that is logged on a record. */
const LOGGED: Properties = {
  hs_timestamp: 'Activity date|datetime',
  hubspot_owner_id: '@Activity assigned to',
  hs_created_by_user_id: '!Created by user ID|number',
};

const TABLE: Readonly<Record<ObjectTypeName, Properties>> = {
  contacts: {
    email: '*Email',
    firstname: 'First name',
    lastname: 'Last name',
    phone: 'Phone number',
    mobilephone: 'Mobile phone number',
    hs_searchable_calculated_phone_number: '!Calculated phone number',
    hs_searchable_calculated_mobile_number: '!Calculated mobile number',
    company: 'Company name',
    jobtitle: 'Job title',
    website: 'Website URL',
    country: 'Country/Region',
    state: 'State/Region',
    city: 'City',
    zip: 'Postal code',
    address: 'Street address',
    industry: 'Industry',
    message: 'Message',
    numemployees: 'Number of employees',
    annualrevenue: 'Annual revenue|number',
    hs_language: 'Preferred language|enumeration|en,de,fr,es,it,nl,pl,pt,ja,he,ar,hi,en-us,en-gb,de-de,fr-fr',
    lifecyclestage:
      'Lifecycle stage|enumeration|subscriber,lead,marketingqualifiedlead,salesqualifiedlead,opportunity,customer,evangelist,other',
    hs_lead_status:
      'Lead status|enumeration|NEW,OPEN,IN_PROGRESS,OPEN_DEAL,UNQUALIFIED,ATTEMPTED_TO_CONTACT,CONNECTED,BAD_TIMING',
    hs_latest_source:
      'Latest traffic source|enumeration|ORGANIC_SEARCH,PAID_SEARCH,EMAIL_MARKETING,SOCIAL_MEDIA,REFERRALS,OTHER_CAMPAIGNS,DIRECT_TRAFFIC,OFFLINE,PAID_SOCIAL,AI_REFERRALS',
    hs_analytics_source:
      '!Original traffic source|enumeration|ORGANIC_SEARCH,PAID_SEARCH,EMAIL_MARKETING,SOCIAL_MEDIA,REFERRALS,OTHER_CAMPAIGNS,DIRECT_TRAFFIC,OFFLINE,PAID_SOCIAL,AI_REFERRALS',
    hs_timezone: 'Time zone',
    hs_country_region_code: 'Country/Region code',
    hs_email_domain: '!Email domain',
    hs_additional_emails: '!Additional email addresses',
    hs_merged_object_ids: '!Merged record IDs',
    associatedcompanyid: '!Primary associated company ID|number',
    recent_conversion_event_name: '!Recent conversion',
    notes_last_contacted: '!Last contacted|datetime',
    notes_last_updated: '!Last activity date|datetime',
    hs_sales_email_last_replied: '!Recent sales email replied date|datetime',
    num_contacted_notes: '!Number of times contacted|number',
    hubspot_owner_id: '@Contact owner',
    hubspot_owner_assigneddate: '!Owner assigned date|datetime',
    hubspot_team_id: 'HubSpot team',
    hs_all_owner_ids: '!All owner IDs',
    createdate: '!Create date|datetime',
    lastmodifieddate: '!Last modified date|datetime',
    hs_object_id: '!Record ID|number',
  },
  companies: {
    name: 'Company name',
    domain: 'Company domain name',
    country: 'Country/Region',
    state: 'State/Region',
    city: 'City',
    zip: 'Postal code',
    address: 'Street address',
    phone: 'Phone number',
    website: 'Website URL',
    industry: 'Industry',
    description: 'Description',
    numberofemployees: 'Number of employees|number',
    annualrevenue: 'Annual revenue|number',
    timezone: 'Time zone',
    type: 'Type',
    lifecyclestage:
      'Lifecycle stage|enumeration|subscriber,lead,marketingqualifiedlead,salesqualifiedlead,opportunity,customer,evangelist,other',
    hs_lead_status:
      'Lead status|enumeration|NEW,OPEN,IN_PROGRESS,OPEN_DEAL,UNQUALIFIED,ATTEMPTED_TO_CONTACT,CONNECTED,BAD_TIMING',
    hs_merged_object_ids: '!Merged record IDs',
    hubspot_owner_id: '@Company owner',
    hubspot_owner_assigneddate: '!Owner assigned date|datetime',
    hubspot_team_id: 'HubSpot team',
    hs_all_owner_ids: '!All owner IDs',
    createdate: '!Create date|datetime',
    hs_lastmodifieddate: '!Last modified date|datetime',
    hs_object_id: '!Record ID|number',
  },
  deals: {
    dealname: 'Deal name',
    amount: 'Amount|number',
    dealstage:
      'Deal stage|enumeration|appointmentscheduled,qualifiedtobuy,presentationscheduled,decisionmakerboughtin,contractsent,closedwon,closedlost',
    pipeline: 'Pipeline|enumeration|default',
    closedate: 'Close date|datetime',
    dealtype: 'Deal type|enumeration|newbusiness,existingbusiness',
    description: 'Description',
    deal_currency_code: 'Currency',
    hs_is_closed: '!Is deal closed|bool',
    hs_is_closed_won: '!Is closed won|bool',
    hs_merged_object_ids: '!Merged record IDs',
    hubspot_owner_id: '@Deal owner',
    hubspot_owner_assigneddate: '!Owner assigned date|datetime',
    hubspot_team_id: 'HubSpot team',
    hs_all_owner_ids: '!All owner IDs',
    createdate: 'Create date|datetime',
    hs_lastmodifieddate: '!Last modified date|datetime',
    hs_object_id: '!Record ID|number',
  },
  leads: {
    hs_lead_name: 'Lead name',
    hs_lead_type: 'Lead type|enumeration|NEW_BUSINESS,NEW BUSINESS,RE_ATTEMPTING,UPSELL',
    hs_lead_label: 'Lead label|enumeration|HOT,WARM,COLD',
    hs_pipeline: 'Pipeline|enumeration|lead-pipeline-id',
    hs_pipeline_stage:
      'Lead stage|enumeration|new-stage-id,attempting-stage-id,connected-stage-id,qualified-stage-id,unqualified-stage-id',
    hs_primary_contact_id: '!Primary contact ID|number',
    hs_primary_company_id: '!Primary company ID|number',
    hs_merged_object_ids: '!Merged record IDs',
    hs_associated_contact_email: '!Associated contact email',
    hubspot_owner_id: '@Lead owner',
    hubspot_owner_assigneddate: '!Owner assigned date|datetime',
    hubspot_team_id: 'HubSpot team',
    hs_all_owner_ids: '!All owner IDs',
    ...STORED,
  },
  users: {
    hs_email: '!Email',
    hs_given_name: '!First name',
    hs_family_name: '!Last name',
    hs_internal_user_id: '!User ID|number',
    hs_job_title: 'Job title',
    hs_availability_status: 'Availability status|enumeration|available,away',
    hs_out_of_office_hours: 'Out of office hours',
    hs_working_hours: 'Working hours',
    hs_standard_time_zone: 'Time zone',
    hs_main_user_language_skill: 'Main language skill',
    hs_secondary_user_language_skill: 'Secondary language skill',
    hs_searchable_calculated_name: '!Name',
    hs_deactivated: '!Deactivated|bool',
    ...STORED,
  },
  tasks: {
    hs_task_subject: 'Task title',
    hs_task_body: 'Notes',
    hs_timestamp: 'Due date|datetime',
    hs_task_status: 'Task status|enumeration|NOT_STARTED,IN_PROGRESS,WAITING,COMPLETED,DEFERRED',
    hs_task_priority: 'Priority|enumeration|NONE,LOW,MEDIUM,HIGH',
    hs_task_type: 'Task type|enumeration|TODO,CALL,EMAIL',
    hubspot_owner_id: '@Assigned to',
    hs_task_reminders: 'Reminders',
    ...STORED,
  },
  notes: {
    hs_note_body: 'Note body',
    hs_timestamp: 'Activity date|datetime',
    hs_attachment_ids: 'Attached content IDs',
    hubspot_owner_id: '@Activity assigned to',
    hs_created_by_user_id: '!Created by user ID|number',
    ...STORED,
  },
  calls: {
    hs_call_title: 'Call title',
    hs_call_body: 'Call notes',
    hs_call_direction: 'Call direction|enumeration|INBOUND,OUTBOUND',
    hs_call_status: 'Call status|enumeration|COMPLETED,BUSY,NO_ANSWER,FAILED,CANCELED',
    ...LOGGED,
    ...STORED,
  },
  emails: {
    hs_email_subject: 'Email subject',
    hs_email_direction: 'Email direction|enumeration|EMAIL,INCOMING_EMAIL,FORWARDED_EMAIL',
    hs_email_status: 'Email send status|enumeration|BOUNCED,FAILED,SCHEDULED,SENDING,SENT',
    ...LOGGED,
    ...STORED,
  },
  meetings: {
    hs_meeting_title: 'Meeting name',
    hs_meeting_start_time: 'Meeting start time|datetime',
    hs_meeting_end_time: 'Meeting end time|datetime',
    hs_meeting_outcome: 'Meeting outcome|enumeration|SCHEDULED,COMPLETED,RESCHEDULED,NO SHOW,CANCELED',
    ...LOGGED,
    ...STORED,
  },
};

const FIELD_TYPES: Readonly<Record<string, string>> = {
  number: 'number',
  bool: 'booleancheckbox',
  datetime: 'date',
  enumeration: 'select',
};

/** A property as it is written in the table. */
export const definition = (type: ObjectTypeName, name: string, spec: string): PropertyDefinition => {
  const [, mark = '', label = name, kind = 'string', values = ''] =
    /^([!*@]?)([^|]*)\|?([a-z]*)\|?(.*)$/.exec(spec) ?? [];
  const dataType = (mark === '@' ? 'enumeration' : kind || 'string') as PropertyDefinition['type'];
  return {
    name,
    label,
    description: label,
    groupName: `${type === 'companies' ? 'company' : type.slice(0, -1)}information`,
    type: dataType,
    fieldType: FIELD_TYPES[dataType] ?? 'text',
    options: values
      .split(',')
      .filter(Boolean)
      .map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
    hasUniqueValue: mark === '*',
    hubspotDefined: true,
    readOnly: mark === '!',
    owner: mark === '@',
    createdAt: 0,
    archivedAt: null,
  };
};

/** The properties every account has, by name. */
export const standardProperties = (type: ObjectTypeName): Map<string, PropertyDefinition> =>
  new Map(Object.entries(TABLE[type]).map(([name, spec]) => [name, definition(type, name, spec)]));

/** The property group standard properties stand in. */
export const standardGroup = (type: ObjectTypeName): string => definition(type, '', '').groupName;
