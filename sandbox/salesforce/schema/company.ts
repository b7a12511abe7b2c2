import {
  date,
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
import { defineObject, NO_RECYCLE_BIN } from './object.ts';

export const ORGANIZATION = defineObject(
  'Organization',
  '00D',
  [
    text('Name', 80),
    text('TimeZoneSidKey', 40),
    text('LanguageLocaleKey', 40),
    text('OrganizationType', 40),
    flag('IsSandbox'),
    text('InstanceName', 5),
    text('NamespacePrefix', 15),
    int('FiscalYearStartMonth'),
  ],
  { writable: false, system: NO_RECYCLE_BIN },
);

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Times of day are texts such as 09:00:00.000Z, in the zone beside them. */
export const BUSINESS_HOURS = defineObject(
  'BusinessHours',
  '01m',
  [
    text('Name', 80, { required: true }),
    flag('IsActive', { defaultValue: true }),
    flag('IsDefault'),
    text('TimeZoneSidKey', 40),
    ...DAYS.flatMap((day) => [text(`${day}StartTime`, 20), text(`${day}EndTime`, 20)]),
  ],
  { system: NO_RECYCLE_BIN },
);

export const HOLIDAY = defineObject(
  'Holiday',
  '0C0',
  [
    text('Name', 80, { required: true }),
    date('ActivityDate'),
    flag('IsAllDay', { defaultValue: true }),
    flag('IsRecurrence'),
    longText('Description', 1000),
  ],
  { system: NO_RECYCLE_BIN },
);

export const ACCOUNT = defineObject('Account', '001', [
  text('Name', 255, { required: true }),
  url('Website'),
  phone('Phone'),
  picklist('Type', ['Prospect', 'Customer', 'Partner']),
  text('Industry', 255),
  int('NumberOfEmployees'),
  text('BillingCountry', 80),
  text('BillingState', 80),
  reference('ParentId', ['Account'], 'Parent'),
  reference('OwnerId', ['User'], 'Owner', { nillable: false }),
]);

export const CONTACT = defineObject('Contact', '003', [
  reference('AccountId', ['Account'], 'Account'),
  text('LastName', 80, { required: true }),
  text('FirstName', 40),
  text('Name', 121, READ_ONLY),
  email('Email'),
  phone('Phone'),
  text('Title', 128),
  reference('OwnerId', ['User'], 'Owner', { nillable: false }),
]);

export const OPPORTUNITY = defineObject('Opportunity', '006', [
  reference('AccountId', ['Account'], 'Account'),
  text('Name', 120, { required: true }),
  text('StageName', 255, { required: true }),
  date('CloseDate', { required: true }),
  longText('Description', 32_000),
  text('LeadSource', 255),
  reference('OwnerId', ['User'], 'Owner', { nillable: false }),
]);
