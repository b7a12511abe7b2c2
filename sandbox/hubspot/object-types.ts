/**
 * The object types of the stand-in: their names differ from place to place in HubSpot's API, so each is kept here.
 * Deals are `0-3` in the dated paths; engagements (tasks, notes, calls, e-mails, meetings) are read and written with the contacts scopes.
 */
export const OBJECT_TYPES = {
  contacts: {
    typeId: '0-1',
    singular: 'contact',
    label: 'Contact',
    scope: 'crm.objects.contacts',
    changed: 'lastmodifieddate',
    created: 'createdate',
  },
  companies: {
    typeId: '0-2',
    singular: 'company',
    label: 'Company',
    scope: 'crm.objects.companies',
    changed: 'hs_lastmodifieddate',
    created: 'createdate',
  },
  deals: {
    typeId: '0-3',
    singular: 'deal',
    label: 'Deal',
    scope: 'crm.objects.deals',
    changed: 'hs_lastmodifieddate',
    created: 'createdate',
  },
  leads: {
    typeId: '0-136',
    singular: 'lead',
    label: 'Lead',
    scope: 'crm.objects.leads',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  users: {
    typeId: '0-115',
    singular: 'user',
    label: 'User',
    scope: 'crm.objects.users',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  tasks: {
    typeId: '0-27',
    singular: 'task',
    label: 'Task',
    scope: 'crm.objects.contacts',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  notes: {
    typeId: '0-46',
    singular: 'note',
    label: 'Note',
    scope: 'crm.objects.contacts',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  calls: {
    typeId: '0-48',
    singular: 'call',
    label: 'Call',
    scope: 'crm.objects.contacts',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  emails: {
    typeId: '0-49',
    singular: 'email',
    label: 'Email',
    scope: 'crm.objects.contacts',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
  meetings: {
    typeId: '0-47',
    singular: 'meeting',
    label: 'Meeting',
    scope: 'crm.objects.contacts',
    changed: 'hs_lastmodifieddate',
    created: 'hs_createdate',
  },
} as const;

export type ObjectTypeName = keyof typeof OBJECT_TYPES;

export const OBJECT_TYPE_NAMES = Object.keys(OBJECT_TYPES) as readonly ObjectTypeName[];

const ALIASES = new Map<string, ObjectTypeName>(
  OBJECT_TYPE_NAMES.flatMap((name) => {
    const { typeId, singular } = OBJECT_TYPES[name];
    return [
      [name, name],
      [typeId, name],
      [singular, name],
      [singular.toUpperCase(), name],
    ] as const;
  }),
);

/** The type that a path, a workflow or a person means: by plural, type id or singular. */
export const objectTypeOf = (text: string): ObjectTypeName | undefined => ALIASES.get(text);

/** Shown when a read asks for no properties by name. Source: replies in HubSpot's object guides. */
export const DEFAULT_PROPERTIES: Readonly<Record<ObjectTypeName, readonly string[]>> = {
  contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  companies: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  deals: [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ],
  leads: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  users: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  tasks: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  notes: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  calls: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  emails: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  meetings: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};
