import type { VendorScopes } from '../../assignments/install-ports.ts';

const CONTACTS = 'contacts can be neither read nor given an owner';
const COMPANIES = 'companies can be neither read nor matched';
const LEADS = 'HubSpot’s own leads can be neither read nor given an owner';
const DEALS = 'deals can be neither read nor given an owner';
const REASON = 'the reason is written as a note instead of into fields';

/**
 * What each scope is for: those without which the app cannot work, and those it uses where the account has them [doc].
 * Plans below Sales Hub Professional have no leads.
 */
const REQUIRED = {
  oauth: 'the account cannot be told from others',
  'crm.objects.contacts.read': CONTACTS,
  'crm.objects.contacts.write': CONTACTS,
  'crm.objects.companies.read': COMPANIES,
  'crm.objects.companies.write': COMPANIES,
  'crm.objects.owners.read': 'people cannot be imported',
  automation: 'workflows that wait for a rep do not go on',
} as const;
const OPTIONAL = {
  'crm.objects.leads.read': LEADS,
  'crm.objects.leads.write': LEADS,
  'crm.objects.deals.read': DEALS,
  'crm.objects.deals.write': DEALS,
  'crm.objects.users.read': 'working hours and time off kept in HubSpot are not known',
  'crm.schemas.contacts.write': REASON,
  'crm.schemas.companies.write': REASON,
  'crm.schemas.deals.write': REASON,
} as const;

/** As an install asks for them. */
export const SCOPES = { required: Object.keys(REQUIRED), optional: Object.keys(OPTIONAL) } as const;

export const HUBSPOT_SCOPES: VendorScopes = {
  wanted: Object.entries({ ...REQUIRED, ...OPTIONAL }).map(([scope, without]) => ({ scope, without })),
};
