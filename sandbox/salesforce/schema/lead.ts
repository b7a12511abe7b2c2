import {
  currency,
  date,
  dateTime,
  email,
  flag,
  int,
  longText,
  phone,
  picklist,
  READ_ONLY,
  reference,
  text,
  url,
} from './field.ts';
import { defineObject } from './object.ts';

export const LEAD_STATUSES = [
  'Open - Not Contacted',
  'Working - Contacted',
  'Qualified',
  'Unqualified',
  'Closed - Converted',
  'Closed - Not Converted',
];

/** The one that a conversion sets. */
export const CONVERTED_STATUS = 'Closed - Converted';

const PACKAGED = { packaged: true };

/** Standard fields, some custom ones a company may have, and those of Fairlead's package. */
export const LEAD = defineObject('Lead', '00Q', [
  reference('MasterRecordId', ['Lead'], 'MasterRecord', READ_ONLY),
  text('LastName', 80, { required: true }),
  text('FirstName', 40),
  text('Name', 121, READ_ONLY),
  text('Title', 128),
  text('Company', 255, { required: true }),
  longText('Street', 255),
  text('City', 40),
  text('State', 80),
  text('PostalCode', 20),
  text('Country', 80),
  phone('Phone'),
  phone('MobilePhone'),
  email('Email'),
  url('Website'),
  longText('Description', 32_000),
  picklist('LeadSource', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
  picklist('Status', LEAD_STATUSES, { required: true, defaultValue: 'Open - Not Contacted' }),
  picklist('Industry', ['Banking', 'Energy', 'Healthcare', 'Manufacturing', 'Retail', 'Technology', 'Other']),
  picklist('Rating', ['Hot', 'Warm', 'Cold']),
  currency('AnnualRevenue'),
  int('NumberOfEmployees'),
  reference('OwnerId', ['Group', 'User'], 'Owner', { nillable: false }),
  flag('IsConverted', { updateable: false }),
  date('ConvertedDate', READ_ONLY),
  reference('ConvertedAccountId', ['Account'], 'ConvertedAccount', READ_ONLY),
  reference('ConvertedContactId', ['Contact'], 'ConvertedContact', READ_ONLY),
  reference('ConvertedOpportunityId', ['Opportunity'], 'ConvertedOpportunity', READ_ONLY),
  flag('IsUnreadByOwner', { defaultValue: true }),
  date('LastActivityDate', READ_ONLY),
  text('Language__c', 10),
  longText('Fairlead_Reason__c', 32_768, PACKAGED),
  text('Fairlead_Decision__c', 64, PACKAGED),
  text('Fairlead_Rule__c', 255, PACKAGED),
  text('Fairlead_Pool__c', 255, PACKAGED),
  dateTime('Fairlead_Decided_At__c', PACKAGED),
  text('Fairlead_Key__c', 40, { ...PACKAGED, externalId: true, unique: true }),
  reference('Fairlead_Account__c', ['Account'], 'Fairlead_Account__r', PACKAGED),
]);

/** The values of Lead.Status, as the API lists them; which of them stand for a conversion. */
export const LEAD_STATUS = defineObject(
  'LeadStatus',
  '01J',
  [
    text('ApiName', 255, READ_ONLY),
    text('MasterLabel', 255, READ_ONLY),
    int('SortOrder', READ_ONLY),
    flag('IsDefault', READ_ONLY),
    flag('IsConverted', READ_ONLY),
  ],
  { label: 'Lead Status Value', writable: false, system: ['Id', 'SystemModstamp'] },
);
