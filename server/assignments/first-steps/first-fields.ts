import type { Crm } from '../../routing/policy/scalars.ts';

interface FirstField {
  readonly name: string;
  readonly type: string;
  readonly sources: Partial<Readonly<Record<Crm, string>>>;
}

/** What a first policy may ask of a lead, with where each CRM keeps it in every account. */
export const FIRST_FIELDS: readonly FirstField[] = [
  {
    name: 'created',
    type: 'datetime',
    sources: {
      hubspot: 'contact.createdate',
      salesforce: 'Lead.CreatedDate',
      dynamics: 'lead.createdon',
      zoho: 'Lead.Created_Time',
      pipedrive: 'lead.add_time',
    },
  },
  {
    name: 'country',
    type: 'country',
    sources: {
      hubspot: 'contact.country',
      salesforce: 'Lead.Country',
      dynamics: 'lead.address1_country',
      zoho: 'Lead.Country',
      pipedrive: 'organization.address.country',
    },
  },
  {
    name: 'employees',
    type: 'number',
    sources: {
      hubspot: 'company.numberofemployees',
      salesforce: 'Lead.NumberOfEmployees',
      dynamics: 'lead.numberofemployees',
      zoho: 'Lead.No_of_Employees',
      pipedrive: 'organization.employee_count',
    },
  },
  {
    name: 'source',
    type: 'text',
    sources: {
      hubspot: 'contact.hs_latest_source',
      salesforce: 'Lead.LeadSource',
      dynamics: 'lead.leadsourcecode.label',
      zoho: 'Lead.Lead_Source',
    },
  },
  { name: 'stage', type: 'text', sources: { hubspot: 'contact.lifecyclestage' } },
];

/** HubSpot keeps everybody it knows as a contact: these stages are leads. Source: HubSpot's default lifecycle stages. */
export const HUBSPOT_LEAD_STAGES = ['lead', 'marketingqualifiedlead', 'salesqualifiedlead'] as const;
